from django.conf import settings
from django.db import models


class BrowserLogin(models.Model):
    """A log-in in a browser that is still good, as its owner sees and ends it. Ends with its session."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.CASCADE, related_name="browser_logins"
    )
    session_key = models.CharField("会话", max_length=40, unique=True, editable=False)
    program = models.CharField("浏览器", max_length=60)
    ip = models.GenericIPAddressField("登录地址", null=True, blank=True)
    started_at = models.DateTimeField("登录时间", auto_now_add=True)

    class Meta:
        verbose_name = "浏览器登录"
        verbose_name_plural = "浏览器登录"
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return self.program
