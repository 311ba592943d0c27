"""The kinds of topics and the due rules that a new installation starts with; rows already there are left alone."""

from deadlines import steps
from deadlines.defaults import REMINDER_FIELDS, VALID_FROM
from deadlines.models import DueRule, Unit

from . import dates
from .kinds import Form, OutcomeKind
from .models import TopicKind

F, O = Form, OutcomeKind  # noqa: E741
# name, forms, outcomes, whether the plan must hold it, whether a meeting must be held (中办 2015: 议题和形式相适应)
KINDS = (
    ("专题议政性常委会", (F.STANDING,), (O.ADVICE, O.SPECIAL, O.SURVEY), True, True),
    ("专题协商", (F.SPECIAL, F.CHAIRMEN, F.ONLINE), (O.SPECIAL, O.ADVICE), True, True),
    ("对口协商", (F.COUNTERPART, F.ONLINE, F.PAPER), (O.SPECIAL,), False, True),
    ("界别协商", (F.SECTOR, F.ONLINE), (O.SPECIAL,), True, True),
    ("提案办理协商", (F.HANDLING,), (O.SPECIAL,), False, True),
    ("专题调研", (F.SURVEY, F.CHAIRMEN, F.PAPER), (O.SURVEY, O.ADVICE), True, False),
    ("协商式民主监督", (F.SUPERVISION, F.SURVEY), (O.SUPERVISION, O.SPECIAL), True, True),
    ("界别视察", (F.INSPECTION,), (O.INSPECTION,), True, False),
)


def fill_empty_tables(*, apps=None, **kwargs) -> None:
    if apps is not None and "topickind" not in apps.all_models["consultations"]:
        return  # after `migrate consultations zero`
    if not TopicKind.objects.exists():
        TopicKind.objects.bulk_create(
            TopicKind(
                name=name, forms=list(forms), outcomes=list(outcomes), needs_plan=plan, needs_meeting=meeting, order=n
            )
            for n, (name, forms, outcomes, plan, meeting) in enumerate(KINDS, start=1)
        )
    if apps is None or "duerule" in apps.all_models["deadlines"]:
        write_rules()


def write_rules() -> None:
    """A rule for each step that has none at all."""
    known = set(DueRule.objects.filter(step__in=[row[0] for row in dates.STEPS]).values_list("step", flat=True))
    DueRule.objects.bulk_create(
        DueRule(
            step=key, amount=amount, unit=unit, counted_from=steps.get(key).counted_from, valid_from=VALID_FROM,
            yellow_before=15 if unit == Unit.DAYS else None, orange_before=5 if unit == Unit.DAYS else None,
            basis="系统默认，可按本县办法修改", **dict(zip(REMINDER_FIELDS, reminders, strict=True)),
        )
        for key, _label, _from, amount, unit, reminders in dates.STEPS if key not in known
    )  # fmt: skip
