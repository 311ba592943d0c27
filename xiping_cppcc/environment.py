"""django-environ, answering a wrong value with a sentence instead of a traceback."""

import io
import re
import warnings
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from xiping_cppcc.embedded.refusal import CannotStart

TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
RATE = re.compile(r"[1-9]\d*/(s|sec|second|m|min|minute|h|hour|d|day)")
HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")
LINE = re.compile(r"(export )?[A-Za-z_0-9]+=|#|\s*$")
POSTGRES_SCHEMES = ("postgres://", "postgresql://")
# A server that takes the connection and never answers must not hold a page, or the start, for ever.
CONNECT_SECONDS = 5


class Environment(environ.Env):
    """Raises CannotStart that names the variable; never the value, which may be a password."""

    @classmethod
    def read_file(cls, file: Path) -> None:
        """The file's variables, where the environment itself has none of that name."""
        text = _text_of(file)
        for number, line in enumerate(text.splitlines(), 1):
            if not LINE.match(line):
                raise CannotStart(f"设置文件 {file} 第 {number} 行不是“名称=值”的格式（等号两边不留空格），请修改。")
        cls.read_env(io.StringIO(text))

    def get_value(self, var, cast=None, default=environ.Env.NOTSET, parse_default=False):
        """An empty value is none: whoever takes the # off a line of .env.example has only NAME= ."""
        if default is not self.NOTSET and not self.ENVIRON.get(var, "").strip():
            return default
        try:
            return super().get_value(var, cast, default, parse_default)
        except (ValueError, ImproperlyConfigured):
            raise CannotStart(f"环境变量 {var} 的值格式不正确，请对照 .env.example 修改。") from None

    def number(self, var: str, default: int, least: int = 1, most: int = 100_000) -> int:
        """A whole number between two limits."""
        value = self.str(var, default=str(default)).strip()
        if not re.fullmatch(r"-?\d{1,9}", value) or not least <= int(value) <= most:
            raise CannotStart(f"环境变量 {var} 应是 {least} 到 {most} 的整数。请修改，或删去它（默认 {default}）。")
        return int(value)

    def switch(self, var: str, default: bool) -> bool:
        """On or off; a slip of the pen is neither."""
        value = self.str(var, default=TRUE[0] if default else FALSE[0]).strip().lower()
        if value not in TRUE + FALSE:
            raise CannotStart(f"环境变量 {var} 只能是 true 或 false。")
        return value in TRUE

    def rate(self, var: str, default: str) -> str:
        """So many in a period."""
        value = self.str(var, default=default).strip()
        if not RATE.fullmatch(value):
            raise CannotStart(f"环境变量 {var} 应写成“次数/单位”，单位是 sec、min、hour、day，例如 {default}。")
        return value

    def hours(self, var: str, default: str) -> tuple[time, time] | None:
        """From when to when in a day, like 8:30-17:30; None for "any"."""
        value = self.str(var, default=default).strip()
        if value == "any":
            return None
        found = HOURS.fullmatch(value)
        first, last = (time(int(found[n]), int(found[n + 1])) for n in (1, 3)) if found else (None, None)
        if found is None or first >= last:
            raise CannotStart(f"环境变量 {var} 应写成“开始-结束”的钟点，例如 {default}，结束晚于开始；不限时间写 any。")
        return first, last

    def one_of(self, var: str, choices: tuple[str, ...]) -> str:
        """The variable, or the first choice when it is not set."""
        value = self.str(var, default=choices[0])
        if value not in choices:
            raise CannotStart(f"环境变量 {var} 只能是 {'、'.join(choices)} 之一。")
        return value

    def some_of(self, var: str, choices: tuple[str, ...]) -> list[str]:
        """Names out of the choices, comma separated, in the order given; none when it is not set."""
        given = [name.strip() for name in self.str(var, default="").split(",") if name.strip()]
        if set(given) - set(choices) or len(set(given)) < len(given):
            raise CannotStart(f"环境变量 {var} 只能是 {'、'.join(choices)}，用逗号隔开，各写一次。")
        return given

    def database_settings(self, var: str) -> dict:
        """Django's DATABASES entry; empty only without an address."""
        address = self.str(var, default="").strip()
        if not address:
            return {}
        found = self._database(address)
        if not found.get("NAME"):
            raise CannotStart(
                f"环境变量 {var} 不是数据库地址格式，请写成 postgres://用户:密码@主机:5432/库名；"
                "密码里的特殊字符用 %XX 表示。留空则使用内置数据库。"
            )
        options = {"connect_timeout": CONNECT_SECONDS, **found.get("OPTIONS", {})}
        return {**found, "OPTIONS": options}

    def redis_address(self, var: str) -> str:
        """The address; empty without one."""
        address = self.str(var, default="").strip()
        if address and not _is_redis(address):
            raise CannotStart(f"环境变量 {var} 不是 Redis 地址，请写成 redis://主机:6379/0；留空则使用内置 Redis。")
        return address

    def email_settings(self, var: str) -> dict:
        """Django's EMAIL_* settings; without an address, mail goes nowhere."""
        try:
            return self.email_url_config(self.str(var, default="").strip() or "dummymail://")
        except (ValueError, ImproperlyConfigured):
            raise CannotStart(
                f"环境变量 {var} 不是邮件地址格式，请写成 smtp+ssl://账号:密码@邮件服务器:465。"
            ) from None

    def _database(self, address: str) -> dict:
        if not address.startswith(POSTGRES_SCHEMES):
            return {}
        try:
            with warnings.catch_warnings(action="ignore"):  # the library's show the whole address
                return self.db_url_config(address)
        except (ValueError, ImproperlyConfigured):
            return {}


def _text_of(file: Path) -> str:
    """Windows editors put a mark before the first line, and may write GBK."""
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotStart(f"设置文件 {file} 不是 UTF-8 编码。请在编辑器里另存为 UTF-8，再重试。") from None
    except OSError as error:
        raise CannotStart(f"设置文件 {file} 不能读取（{error.strerror}）。请检查路径和权限。") from error


def _is_redis(address: str) -> bool:
    try:
        parts = urlsplit(address)
        place = parts.path if parts.scheme == "unix" else parts.hostname
        return parts.scheme in {"redis", "rediss", "unix"} and bool(place) and parts.port != 0
    except ValueError:  # the port is no number
        return False
