import uuid

from django.conf import settings
from django.db import models
from knox.models import AbstractAuthToken

# Seen is written at most this often, not on every request.
SEEN_EVERY_SECONDS = 300


class DeviceToken(AbstractAuthToken):
    """A log-in of the mobile front end on one device. Only the token's hash is kept.

    `password_mark` ties it to the password it was made with: any change of the password ends it.
    """

    public_id = models.UUIDField("编号", unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.CASCADE,
        related_name="auth_token_set",
    )  # fmt: skip
    name = models.CharField("设备名称", max_length=60)
    password_mark = models.CharField("密码标记", max_length=64)
    seen_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        verbose_name = "登录设备"
        verbose_name_plural = "登录设备"
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name
