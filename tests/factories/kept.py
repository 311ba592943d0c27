"""Stages of the county that thousands of tests begin with: made once by each worker, then put back as rows.

Making them act by act was a quarter of the time. A stage is put back only where nothing else has been written in the
transaction, the clock is the real one and every setting is as it was; anywhere else it is made as ever, so a test cannot
tell the difference.
"""

import inspect
import io
import pickle
from dataclasses import dataclass
from functools import wraps

from django.db import connection, transaction
from django.test.signals import setting_changed
from django.utils import timezone

from tests import migrated_rows

# What leaves the county as it is: reading, and who is logged in.
BESIDE = ("SELECT", "SAVEPOINT", "RELEASE", 'INSERT INTO "django_session"', 'UPDATE "django_session"')
CLOCK = timezone.now
# The builder, what it is given besides the county, and the stage it goes on from.
KEPT = {
    "county": ("county", {}, None),
    "draft": ("draft", {}, "county"),
    "cosigning": ("cosigning", {}, "county"),
    "submitted": ("submitted", {}, "county"),
    "reviewed": ("reviewed", {}, "county"),
    "filed": ("filed", {}, "county"),
    "filed without a number": ("filed", {"numbered": False}, "county"),
    "assigned": ("assigned", {}, "county"),
    "assigned to two": ("assigned", {"division": "lead"}, "county"),
    "assigned to each": ("assigned", {"division": "separate"}, "county"),
    "signed": ("signed", {}, "county"),
    "signed by the lead": ("signed", {"division": "lead"}, "county"),
    "signed by each": ("signed", {"division": "separate"}, "county"),
    "checked": ("checked", {}, "signed"),
    "replied": ("replied", {}, "signed"),
    "replied with a promise": ("replied", {"result_class": "B"}, "signed"),
}
BUILDERS: dict[str, object] = {}
STAGES: dict[str, "Stage"] = {}


@dataclass(frozen=True)
class Stage:
    """What stands in the tables that it changes, what the builder gave, what waits for the commit."""

    name: str
    rows: dict[tuple[str, str], str]
    given: bytes
    waiting: tuple[tuple[object, bool], ...]


class Base:
    """What was put back last in this worker's transaction: good until something else is written.

    `day`: on which the stages were made; on another, their dates are yesterday's. `changed`: settings of this test's own.
    """

    day = stage = county = given = None

    def __init__(self):
        self.changed: list[str] = []

    def hear(self, setting: str, enter: bool, **signal) -> None:
        self.changed.append(setting) if enter else self.changed.remove(setting)

    def __call__(self, execute, sql, params, many, context):
        if not str(sql).lstrip().startswith(BESIDE):
            self.stage = None
        return execute(sql, params, many, context)


BASE = Base()
setting_changed.connect(BASE.hear)


def kept(build):
    """The builder, answered from a kept stage where there is one for these very arguments and nothing in between."""
    BUILDERS[build.__name__] = build
    signature = inspect.signature(build)

    @wraps(build)
    def stage(*args, **options):
        given = STAGES and _is_as_it_was() and signature.bind(*args, **options)
        kept = given and _asked(build.__name__, *_sorted(signature, given.arguments))
        return _put_back(kept) if kept else build(*args, **options)

    return stage


def _is_as_it_was() -> bool:
    """The real clock, every setting, and still the day on which the stages were made: a run may go past midnight."""
    return timezone.now is CLOCK and not BASE.changed and timezone.localdate() == BASE.day


def remember(builders) -> None:
    """Make each stage in a transaction that is taken back, with the builders of that module.

    To be called while no test has written anything.
    """
    assert set(BUILDERS) >= {builder for builder, _, _ in KEPT.values()}, builders
    _listen()
    BASE.day = timezone.localdate()
    made = {}
    for name, (builder, options, _) in KEPT.items():
        with transaction.atomic():
            made[name] = _made(name, lambda *on, b=builder, o=options: BUILDERS[b](*on, **o), made)
            transaction.set_rollback(True)
    STAGES.update(made)
    BASE.stage = None


def _listen() -> None:
    """Hear what is written. First of all listeners: Django takes the last away when one of its own ends."""
    if BASE not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, BASE)


def act_by_act() -> None:
    """What comes on top of this county is made by acts: for those who listen to them."""
    BASE.stage = None


def _made(name: str, build, made: dict[str, Stage]) -> Stage:
    before, way = dict(migrated_rows.REMEMBERED), _way(KEPT[name][2])
    for earlier in way:
        _put_back(made[earlier])
        before |= made[earlier].rows
    waited = len(connection.run_on_commit)
    given = build(*_worked_on(way))
    now = {table: migrated_rows.rows(table) for table in migrated_rows.changed()}
    rows = {table: text for table, text in now.items() if text != before[table]}
    waiting = tuple((call, robust) for _, call, robust in connection.run_on_commit[waited:])
    return Stage(name, rows, _packed(given, BASE.county if way else None), waiting)


def _way(name: str | None) -> list[str]:
    """The stages up to this one, the county first."""
    return [*_way(KEPT[name][2]), name] if name else []


def _worked_on(way: list[str]) -> list:
    """What a builder is given after these: nothing, the county, or the county and what was made in it."""
    return [BASE.county, BASE.given][: len(way)]


def _sorted(signature, arguments: dict) -> tuple[list, dict]:
    """What is worked on, by place, and what is asked for besides, without what is the default anyway."""
    on = [arguments[name] for name in ("c", "mine") if name in arguments]
    asked = {name: value for name, value in arguments.items() if name not in ("c", "mine", "fields")}
    asked = {name: value for name, value in asked.items() if value != signature.parameters[name].default}
    return on, asked | arguments.get("fields", {})


def _asked(builder: str, on: list, options: dict) -> Stage | None:
    for name, kept in KEPT.items():
        if kept[:2] == (builder, options) and _goes_on_from(kept[2], on):
            return STAGES[name]
    return None


def _goes_on_from(stage: str | None, on: list) -> bool:
    if stage is None:
        return _nothing_is_written()
    heard = BASE in connection.execute_wrappers  # a connection that was made anew has forgotten its listeners
    return (
        heard
        and BASE.stage == stage
        and all(one is known for one, known in zip(on, (BASE.county, BASE.given), strict=False))
    )


def _nothing_is_written() -> bool:
    if not connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        return cursor.fetchone()[0]


def _put_back(stage: Stage):
    _listen()
    with connection.cursor() as cursor:
        # No trigger writes a second time what is among the rows.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in stage.rows.items():
            migrated_rows.replace(cursor, table, rows)
        cursor.execute("SET LOCAL session_replication_role = origin")
    for call, robust in stage.waiting:
        transaction.on_commit(call, robust=robust)
    _remember_given(stage, _way(stage.name))
    return BASE.county if stage.name == "county" else BASE.given


def _remember_given(stage: Stage, way: list[str]) -> None:
    given = _unpacked(stage.given, BASE.county)
    if len(way) == 1:
        BASE.county = given
    elif len(way) == 2:
        BASE.given = given
    else:  # the builder carries on what it was given
        vars(BASE.given).clear()
        vars(BASE.given).update(vars(given))
    BASE.stage = stage.name


def _packed(given, county) -> bytes:
    packed = io.BytesIO()
    packer = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    names = {id(value): name for name, value in vars(county).items()} if county else {}
    packer.persistent_id = lambda one: names.get(id(one))
    packer.dump(given)
    return packed.getvalue()


def _unpacked(packed: bytes, county):
    """The county's people and bodies in it are the caller's own."""
    unpacker = pickle.Unpickler(io.BytesIO(packed))
    unpacker.persistent_load = lambda name: getattr(county, name)
    return unpacker.load()
