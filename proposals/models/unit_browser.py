from django.conf import settings
from django.db import models


class UnitBrowser(models.Model):
    """A browser in which a unit's account was logged in on a day, by the browser's random mark (members/browsers.py)."""

    mark = models.CharField("浏览器标记", max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.CASCADE, related_name="+")
    on = models.DateField("日期")
    seen_at = models.DateTimeField("首次使用", auto_now_add=True)

    class Meta:
        verbose_name = "单位账号使用的浏览器"
        verbose_name_plural = "单位账号使用的浏览器"
        ordering = ["-on", "pk"]
        constraints = [models.UniqueConstraint(fields=["mark", "user", "on"], name="unit_browser_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on}"
