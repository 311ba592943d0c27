from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from members.posts import posts_of
from workflow.history import tracked

from .person import Person


class UserManager(BaseUserManager):
    def create_user(self, username: str, password: str | None = None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields):
        return self.create_user(username, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str):
        return self.get(username=username)


@tracked(
    exclude=("password", "last_login", "password_changed_at"),
    also=("one_time_password", "second_factor_on", "second_factor_off"),
)
class User(AbstractBaseUser, PermissionsMixin):
    """An account. One person has one; what it may do follows from the person's posts of the day."""

    NAMED_WITH = ("person",)
    HISTORY_ACTIONS = {
        "one_time_password": "发放一次性密码", "second_factor_on": "启用动态口令", "second_factor_off": "停用动态口令",
    }  # fmt: skip

    username = models.CharField(
        "账号", max_length=40, unique=True, error_messages={"unique": "这个账号已经存在，请换一个。"}
    )
    phone = models.CharField(
        "登录手机", max_length=20, unique=True, null=True, blank=True,
        error_messages={"unique": "这个手机号已用于另一账号。"},
    )  # fmt: skip
    person = models.OneToOneField(
        Person, verbose_name="人员", null=True, blank=True, on_delete=models.PROTECT,
        related_name="user",
    )  # fmt: skip
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True, editable=False)
    date_joined = models.DateTimeField("开通时间", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.person.name if self.person_id else self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def email(self) -> str:
        return self.person.email if self.person_id else ""

    @property
    def is_staff(self) -> bool:
        """May enter the admin: committee staff, dispatch offices, the three administrators."""
        return self.is_active and (self.is_superuser or posts_of(self).may_enter_admin)
