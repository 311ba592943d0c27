"""Writing and reading the heartbeat rows."""

from datetime import datetime

from django.utils import timezone

WORKER = "worker"
BACKUP = "backup"


def beat(name: str, note: str = "") -> None:
    """Now is the last time this was seen to work."""
    from xiping_cppcc.models import Heartbeat

    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now(), "note": note})


def forget(name: str) -> None:
    """As if it had never been seen."""
    from xiping_cppcc.models import Heartbeat

    Heartbeat.objects.filter(name=name).delete()


def last_beats() -> dict[str, datetime]:
    """{name: last time}."""
    from xiping_cppcc.models import Heartbeat

    return dict(Heartbeat.objects.values_list("name", "beat_at"))


def seconds_since(moment: datetime | None) -> int | None:
    """Whole seconds up to now; None when it never happened."""
    return None if moment is None else int((timezone.now() - moment).total_seconds())
