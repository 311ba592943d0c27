"""A hand-written ledger of six units whose figures are worked out by hand in test_unit_assessment.py."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from members.models import Organization
from members.periods import today
from proposals.models import Assignment, Contact, Proposal, Rating, Reply, Suggestion, SuggestionAnswer
from tests.factories import people

YEAR = date.today().year - 1
SUBMITTED = date(YEAR, 2, 20)
ASSIGNED, SIGN_BY, CONTACT_BY, REPLY_BY = date(YEAR, 3, 2), date(YEAR, 3, 5), date(YEAR, 3, 23), date(YEAR, 6, 2)
IN_TIME, LATE, RATE_BY = date(YEAR, 6, 2), date(YEAR, 6, 3), date(YEAR, 6, 24)
GRADES = {"满": "satisfied", "基": "basically", "不": "dissatisfied", "?": ""}
VERDICTS = {"采": "adopted", "部": "partly", "未": "not_adopted"}

# 签收: 及 in time, 迟 late, 无 not at all. 面商: 有, 无. 答复: 及, 迟, 无 (overdue), 等 (the date is in the future).
# 结果, 逐条 (采部未), 评价 (办理态度 and 办理结果; 未 none). Marks: 台 from an old ledger, 会 会办, 撤 recalled,
# 新 the rating is not due yet, 二 in the second round.
LEDGER = """
县教育局 及 有 及 A 采采 满满
县教育局 及 有 及 A 采部 满基
县教育局 迟 有 迟 B 未 基不
县教育局 及 无 及 C 采 -
县教育局 及 有 及 A 采 满满 新
县教育局 及 有 等 - - -
县财政局 无 无 及 A - 满满 台
县财政局 无 无 及 A - ?基 台
县财政局 无 无 及 B - - 台
县财政局 无 无 迟 - - 不不 台
县财政局 无 无 无 - - - 台
县水利局 及 有 及 A 采 满满
县水利局 及 有 及 A 采 满满
县水利局 及 有 及 A 采 满满
县水利局 及 有 及 A 采 满满
县水利局 及 有 及 A 采 满满
县民政局 及 有 及 A 采 满满
县民政局 及 有 及 A 采 满满
县民政局 及 有 及 A 采 满满
县民政局 及 有 及 B 部 不不 二
县公安局 及 无 无 - - - 会
县公安局 无 无 无 - - - 会
县司法局 无 无 无 - - -
县司法局 无 无 无 - - -
县司法局 无 无 无 - - -
县司法局 无 无 无 - - -
县司法局 无 无 无 - - -
县司法局 无 无 等 - - -
县司法局 及 有 及 A 采 满满 撤
"""


@dataclass
class Case:
    unit: str
    signed: str
    contact: str
    replied: str
    result: str
    verdicts: str
    rating: str
    mark: str = ""


def noon(day: date):
    return timezone.make_aware(datetime.combine(day, time(12)))


def enter(c, text: str = LEDGER, units: dict | None = None) -> dict[str, Organization]:
    """Every row as a case with its unit's share; returns the units by name."""
    cases = [Case(*line.split()) for line in text.strip().splitlines()]
    units = units or {}
    for name in dict.fromkeys(case.unit for case in cases):
        known = Organization.objects.units().filter(name=name).first()
        system = "party" if name == "县司法局" else "government"
        units[name] = known or people.organization("unit", name, system=system)
    for number, case in enumerate(cases, start=101 + Proposal.objects.count()):
        _enter(c, case, units[case.unit], number)
    return units


def _enter(c, case: Case, unit: Organization, number: int) -> Assignment:
    later = today() + timedelta(days=30)
    waits = case.replied == "等"
    replied = {"及": IN_TIME, "迟": LATE}.get(case.replied)
    proposal = Proposal.objects.create(
        session=c.session, title=f"第{number}件提案", first_proposer=c.author.person, serial=number,
        receipt_number=f"11-4-9{number}", origin="ledger" if case.mark == "台" else "portal", submitted_at=noon(SUBMITTED), assigned_at=noon(ASSIGNED),
        state=_state(case, replied), business_category=c.business,
    )  # fmt: skip
    lead = None
    if case.mark == "会":
        lead = Assignment.objects.create(
            proposal=proposal, unit=c.third_unit, kind="lead", state="recalled", first_assigned_at=noon(ASSIGNED),
            assigned_at=noon(ASSIGNED),
        )  # fmt: skip
    share = Assignment.objects.create(
        proposal=proposal, unit=unit, kind="assist" if lead else "sole", lead=lead, state=_share_state(case, replied),
        first_assigned_at=noon(ASSIGNED), assigned_at=noon(ASSIGNED), round=2 if case.mark == "二" else 1,
        sign_due_on=later if waits else SIGN_BY, contact_due_on=later if waits else CONTACT_BY,
        due_on=later if waits or case.mark == "二" else REPLY_BY,
        signed_at={"及": noon(SIGN_BY), "迟": noon(date(YEAR, 3, 6))}.get(case.signed),
        replied_at=noon(replied) if replied else None, rating_due_on=_rate_by(case, replied, later),
    )  # fmt: skip
    if case.contact == "有":
        Contact.objects.create(
            assignment=share, stage="before", method="visit", on=date(YEAR, 3, 10), participants="提案人、经办人",
            content="听取意见。", recorded_by=c.staff, recorded_at=noon(date(YEAR, 3, 10)),
        )  # fmt: skip
    if replied:
        _reply(c, case, share)
    return share


def _state(case: Case, replied) -> str:
    if case.mark == "二" or not replied:
        return "handling"
    return "replied" if case.mark == "新" else "closed"


def _share_state(case: Case, replied) -> str:
    if case.mark == "撤":
        return "recalled"
    if replied and case.mark != "二":
        return "replied"
    return "awaiting_sign" if case.signed == "无" and case.mark != "台" else "handling"


def _rate_by(case: Case, replied, later: date) -> date | None:
    if not replied or case.mark in ("台", "二"):
        return None
    return later if case.mark == "新" else RATE_BY


def _reply(c, case: Case, share: Assignment) -> None:
    result = "" if case.result == "-" else case.result
    reply = Reply.objects.create(
        assignment=share, round=1, body="现答复如下。", result_class=result, sent_at=share.replied_at
    )
    for position, verdict in enumerate(case.verdicts.strip("-"), start=1):
        item = Suggestion.objects.create(proposal=share.proposal, position=position, text=f"建议之{position}")
        SuggestionAnswer.objects.create(reply=reply, suggestion=item, verdict=VERDICTS[verdict], text="说明")
    if case.rating != "-":
        attitude, outcome = (GRADES[grade] for grade in case.rating)
        Rating.objects.create(
            reply=reply, person=c.author.person, deciding=True, attitude=attitude, result=outcome, at=share.replied_at
        )
