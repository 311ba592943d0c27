from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "门户"

    def ready(self):
        from portal import wording
        from portal.backoffice import names

        names.apply()
        wording.apply()
