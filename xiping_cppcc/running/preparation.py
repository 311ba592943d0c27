"""What must be true before the first page: servers up, tables current, county there, files collected."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from xiping_cppcc import heart, reach
from xiping_cppcc.embedded.postgres import Postgres
from xiping_cppcc.embedded.redis import Redis

Say = Callable[[str], None]


def start_servers() -> None:
    """Raises CannotStart, also for an address from the environment that does not answer."""
    keep_servers()
    reach.demand_database()
    reach.demand_broker()


def keep_servers() -> None:
    """The embedded ones run; one that was killed is started again."""
    if settings.EMBEDDED_POSTGRES:
        Postgres(settings.PORTAL_DATA).start()
    if settings.EMBEDDED_REDIS:
        Redis(settings.PORTAL_DATA).start()


def stop_servers() -> bool:
    """Whether one of the embedded ones ran."""
    connection.close()
    redis = settings.EMBEDDED_REDIS and Redis(settings.PORTAL_DATA).stop()
    postgres = settings.EMBEDDED_POSTGRES and Postgres(settings.PORTAL_DATA).stop()
    return redis or postgres


def migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        say(f"正在更新数据库结构（{len(waiting)} 项）……")
        call_command("migrate", interactive=False, verbosity=0)


def fill(say: Say) -> None:
    """The demonstration county into an empty embedded database; never into one given by address."""
    if not settings.EMBEDDED_POSTGRES or apps.get_model("members", "Member").objects.exists():
        return
    say("首次运行：正在写入示例数据，约需半分钟……")
    call_command("seed_demo", verbosity=0)


def forget_worker() -> None:
    """The heartbeat of the last run says nothing about this one."""
    heart.forget(heart.WORKER)


def collect_static(say: Say) -> None:
    """Once for each state of the source files."""
    stamp = settings.STATIC_ROOT / "collected"
    state = _state_of_sources()
    if stamp.exists() and stamp.read_text() == state:
        return
    say("正在整理页面文件……")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state)


def _state_of_sources() -> str:
    """A digest over name, size and time of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
