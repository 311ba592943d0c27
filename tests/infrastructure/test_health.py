"""/healthz and /readyz: what is a 503, what is only a warning."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from deadlines.models import CalendarDay, HolidayNotice
from xiping_cppcc import health, heart
from xiping_cppcc.embedded.redis import Redis
from xiping_cppcc.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    server = Redis(tmp_path_factory.mktemp("broker"))
    yield server.start()
    server.stop()


@pytest.fixture
def ready(settings, broker):
    settings.REDIS_URL = broker
    heart.beat(heart.WORKER)
    heart.beat(heart.BACKUP)


def asked(client) -> tuple[int, dict]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_alive_asks_nobody(client, monkeypatch):
    monkeypatch.setattr(health, "connection", None)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready(client, ready):
    status, answer = asked(client)
    assert (status, answer["status"]) == (200, "ok")
    assert answer["checks"] == dict.fromkeys(["database", "migrations", "worker", "calendar", "broker"], "ok")
    assert (answer["worker_heartbeat_age"], answer["backup_age"]) == (0, 0)


def test_answers_are_not_cached_and_need_no_login(client, ready):
    assert "no-store" in client.get("/readyz")["Cache-Control"]


def test_a_silent_worker_is_a_503(client, ready, settings):
    Heartbeat.objects.filter(name=heart.WORKER).update(beat_at=timezone.now() - timedelta(seconds=200))
    status, answer = asked(client)
    assert status == 503
    assert answer["checks"]["worker"] == "后台任务进程已 200 秒没有活动"


def test_a_worker_that_never_started_is_a_503(client, ready):
    heart.forget(heart.WORKER)
    status, answer = asked(client)
    assert (status, answer["worker_heartbeat_age"]) == (503, None)


def test_no_broker_is_a_503(client, ready, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    status, answer = asked(client)
    assert (status, answer["checks"]["broker"]) == (503, "Redis 无法连接")


def test_waiting_migrations_are_a_503(client, ready, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("a migration", False)])
    status, answer = asked(client)
    assert (status, answer["checks"]["migrations"]) == (503, "有 1 项数据库更新未执行，请执行 manage.py migrate")
    assert "worker" not in answer["checks"]


def test_no_database_is_a_503(client, ready, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", refuse)
    status, answer = asked(client)
    assert (status, answer["checks"]["database"]) == (503, "数据库无法连接")
    assert answer["warnings"] == []  # of backups nobody could be asked


def test_an_empty_calendar_is_a_503(client, ready):
    CalendarDay.objects.all().delete()
    status, answer = asked(client)
    assert (status, answer["status"]) == (503, "unavailable")
    assert answer["checks"]["calendar"].startswith("工作日历为空")


def test_a_year_without_a_notice_is_a_warning(client, ready):
    year = timezone.localdate().year
    HolidayNotice.objects.filter(year=year + 1).delete()
    status, answer = asked(client)
    assert status == 200
    assert f"{year + 1} 年放假安排尚未录入，期限暂按法定节假日推算" in answer["warnings"]


@pytest.mark.parametrize(("days", "said"), [(None, "尚未做过备份"), (3, "最近一次备份是 3 天前")])
def test_an_old_backup_is_a_warning(client, ready, days, said):
    if days is None:
        heart.forget(heart.BACKUP)
    else:
        Heartbeat.objects.filter(name=heart.BACKUP).update(beat_at=timezone.now() - timedelta(days=days))
    status, answer = asked(client)
    assert status == 200
    assert said in answer["warnings"]
