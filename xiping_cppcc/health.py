"""Two questions of whoever watches the portal: does the process live, and can it do its work."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiping_cppcc import heart, reach

OK = "ok"


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """200 while the process answers; asks nothing of anything else."""
    return JsonResponse({"status": OK})


@login_not_required
@never_cache
@require_safe
def readyz(request):
    """200, or 503 when the portal cannot do its work. A warning alone leaves it at 200.

    {"status": "ok"|"unavailable", "checks": {name: "ok"|what is wrong}, "warnings": [...],
     "worker_heartbeat_age": seconds|null, "backup_age": seconds|null}
    """
    checks = {"database": _database()}
    beats = {}
    if checks["database"] == OK:
        checks["migrations"] = _migrations()
    if checks.get("migrations") == OK:
        beats = heart.last_beats()
        checks["worker"] = _worker(beats)
        checks["calendar"] = _calendar()
    checks["broker"] = _broker()
    ready = all(said == OK for said in checks.values())
    return JsonResponse(
        {
            "status": OK if ready else "unavailable",
            "checks": checks,
            "warnings": _warnings(checks, beats),
            "worker_heartbeat_age": heart.seconds_since(beats.get(heart.WORKER)),
            "backup_age": heart.seconds_since(beats.get(heart.BACKUP)),
        },
        status=200 if ready else 503,
        json_dumps_params={"ensure_ascii": False},
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "数据库无法连接"
    return OK


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"有 {len(waiting)} 项数据库更新未执行，请执行 manage.py migrate" if waiting else OK


def _broker() -> str:
    return OK if reach.broker_answers() else "Redis 无法连接"


def _worker(beats: dict) -> str:
    age = heart.seconds_since(beats.get(heart.WORKER))
    if age is None:
        return "后台任务进程没有启动"
    return OK if age <= settings.HEARTBEAT_SECONDS else f"后台任务进程已 {age} 秒没有活动"


def _calendar() -> str:
    from deadlines import calendar

    return "工作日历为空，请执行 manage.py update_calendar" if calendar.coverage().empty else OK


def _warnings(checks: dict, beats: dict) -> list[str]:
    """What deserves a look and stops nobody."""
    return [*_provisional_years(checks), *_old_backup(checks, beats)]


def _provisional_years(checks: dict) -> list[str]:
    if checks.get("calendar") != OK:
        return []
    from deadlines import calendar

    return [f"{year} 年放假安排尚未录入，期限暂按法定节假日推算" for year in calendar.coverage().missing]


def _old_backup(checks: dict, beats: dict) -> list[str]:
    if checks.get("migrations") != OK:
        return []  # nobody could be asked
    age = heart.seconds_since(beats.get(heart.BACKUP))
    if age is None:
        return ["尚未做过备份"]
    return [f"最近一次备份是 {age // 86400} 天前"] if age > 2 * 86400 else []
