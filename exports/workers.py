"""Whether anybody does the jobs."""

from django.conf import settings

from xiping_cppcc import heart

SILENT = "后台任务进程没有运行，文件暂时不会生成。请联系系统管理员启动后台任务（或执行 manage.py run_jobs）；已排队的导出不会丢。"


def warning() -> str:
    """A sentence when no worker is alive, else ""."""
    age = heart.seconds_since(heart.last_beats().get(heart.WORKER))
    return SILENT if age is None or age > settings.HEARTBEAT_SECONDS else ""
