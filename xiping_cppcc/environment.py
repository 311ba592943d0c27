"""django-environ, answering a wrong value with a sentence instead of a traceback."""

import environ
from django.core.exceptions import ImproperlyConfigured

from xiping_cppcc.embedded.refusal import CannotStart


class Environment(environ.Env):
    """Raises CannotStart that names the variable; never the value, which may be a password."""

    def get_value(self, var, *args, **kwargs):
        try:
            return super().get_value(var, *args, **kwargs)
        except (ValueError, ImproperlyConfigured) as error:
            raise CannotStart(f"环境变量 {var} 的值格式不正确，请对照 .env.example 修改。") from error

    def one_of(self, var: str, choices: tuple[str, ...]) -> str:
        """The variable, or the first choice when it is not set."""
        value = self.str(var, default=choices[0])
        if value not in choices:
            raise CannotStart(f"环境变量 {var} 只能是 {'、'.join(choices)} 之一。")
        return value

    def database_settings(self, var: str) -> dict:
        """Django's DATABASES entry; empty without an address."""
        try:
            return self.db_url_config(address) if (address := self.str(var, default="")) else {}
        except (ValueError, ImproperlyConfigured) as error:
            raise CannotStart(
                f"环境变量 {var} 不是数据库地址格式，请写成 postgres://用户:密码@主机:5432/库名。"
            ) from error

    def email_settings(self, var: str) -> dict:
        """Django's EMAIL_* settings; without an address, mail goes nowhere."""
        try:
            return self.email_url_config(self.str(var, default="") or "dummymail://")
        except ImproperlyConfigured as error:
            raise CannotStart(
                f"环境变量 {var} 不是邮件地址格式，请写成 smtp+ssl://账号:密码@邮件服务器:465。"
            ) from error
