"""Whether the database and the broker of the settings answer; if not, a sentence with the remedy."""

import redis
from django.conf import settings
from django.db import OperationalError, connection

from xiping_cppcc.cache import AT_ONCE
from xiping_cppcc.embedded.refusal import CannotStart


def demand_database() -> None:
    """Raises CannotStart; the embedded server is started when it does not run."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CannotStart("DATABASE_URL 指向的数据库无法连接，请检查地址、账号和密码。") from error


def demand_broker() -> None:
    """Raises CannotStart."""
    if not broker_answers():
        raise CannotStart("REDIS_URL 指向的 Redis 无法连接，请检查地址和密码，以及 Redis 是否已启动。")


def broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, **AT_ONCE) as asked:
            asked.ping()
    except (redis.RedisError, OSError):
        return False
    return True
