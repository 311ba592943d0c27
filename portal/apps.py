from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "门户"

    def __init__(self, *args, **kwargs):
        """The wording has to stand before any app's forms are read, and those come with its models."""
        super().__init__(*args, **kwargs)
        from portal import wording

        wording.apply()

    def ready(self):
        from portal import conversions
        from portal.backoffice import names
        from xiping_cppcc import loading

        names.apply()
        conversions.connect()
        loading.is_done()
