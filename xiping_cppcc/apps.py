"""The project as an app: its checks, commands and the heartbeat row."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "xiping_cppcc"
    verbose_name = "系统运行"

    def ready(self):
        from xiping_cppcc import checks  # noqa: F401 (registers them)
