"""A plan with its topics on their way: from a suggestion to a recommendation that was done."""

from dataclasses import dataclass
from datetime import timedelta

from consultations import drafting, opening
from consultations.acts import IdeaAct, ItemAct, OpinionAct, OutcomeAct, PlanAct, TopicAct
from consultations.models import Idea, Opinion, Outcome, Plan, Recommendation, Topic, TopicKind
from members import succession
from members.models import Organization, User
from members.periods import today
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.querysets import read_case

from . import people
from .county import County, sealed

VIEWS = ("party", "government")


@dataclass
class House:
    """Who keeps the plan and who leads a topic, beside the people of the county."""

    office: User
    chair: User
    lead: Organization


def house(c: County) -> House:
    """The office's clerk and a vice-chairman, made when first asked for; 提案委 leads the topics."""
    office = Organization.objects.filter(kind="office").first() or people.organization("office", "县政协办公室")
    clerk = User.objects.filter(person__appointments__organization=office, person__appointments__post="staff").first()
    chair = User.objects.filter(person__seats__seat_kind="vice_chair").first()
    return House(
        clerk or people.holder(office, "staff", "罗勇"), chair or people.member("沈国华", seat_kind="vice_chair"),
        Organization.objects.get(code="proposals"),
    )  # fmt: skip


def kind(name: str = "专题协商") -> TopicKind:
    return TopicKind.objects.get(name=name)


def plan(c: County, year: int | None = None, h: House | None = None) -> Plan:
    h = h or house(c)
    return opening.open_plan(h.office, year or today().year)


def new_plan(c: County) -> Plan:
    """Of the next year without one, with a topic."""
    made = plan(c, max([today().year, *Plan.objects.values_list("year", flat=True)]) + 1)
    topic(c, made)
    return made


def idea_of_some_year(c: County) -> Idea:
    return idea(c, plan(c, max([today().year, *Plan.objects.values_list("year", flat=True)]) + 1))


def topic_data(h: House, plan: Plan | None = None, name: str = "专题协商", **fields) -> dict:
    chosen = kind(name)
    return {
        "kind": chosen, "form": chosen.forms[0], "title": "加强农村道路养护", "background": "通村道路损毁较重。", "month": 5,
        "lead": h.lead, "attending": "政协常委、有关部门负责人", "plan": plan, "year": today().year, "reason": "", "ideas": [],
        **fields,
    }  # fmt: skip


def topic(c: County, plan: Plan | None = None, name: str = "专题协商", user: User | None = None, **fields) -> Topic:
    """A topic in the plan, or beside it for a kind that may be."""
    h = house(c)
    return opening.open_topic(user or h.office, topic_data(h, plan, name, **fields))


def idea(c: County, plan: Plan, user: User | None = None, **fields) -> Idea:
    data = {"title": "修一修通村公路", "because": "雨天出不了门。", **fields}
    return opening.suggest(user or c.author, plan, data)


def on_its_way(c: County, plan: Plan, do=perform, until: str = "issue") -> Plan:
    """Carry a plan with topics from draft up to the named act."""
    h, day = house(c), today().isoformat()
    step = {"on": day, "document_number": "西协办〔2026〕2号", "note": "无不同意见"}
    acts = [
        (PlanAct.CONSULT, step), *((PlanAct.RECORD_VIEW, step | {"of": of}) for of in VIEWS), (PlanAct.SUBMIT, step),
        (PlanAct.PASS_CHAIRMEN, step), (PlanAct.PASS_STANDING, step),
        (PlanAct.ISSUE, step | {"issuers": "县委办公室、县政府办公室、县政协办公室"}),
    ]  # fmt: skip
    for act, data in acts:
        do(act, plan, h.office, data)
        if act == until:
            break
    return Plan.objects.get(pk=plan.pk)


def issued(c: County, do=perform, **fields) -> Topic:
    """A topic of an issued plan of this year."""
    made = plan(c) if not Plan.objects.live().filter(year=today().year).exists() else None
    if made is None:
        reason = {"reason": "经主席会议同意增加"}
        return topic(c, Plan.objects.live().get(year=today().year), **reason, **fields)
    one = topic(c, made, **fields)
    on_its_way(c, made, do)
    return Topic.objects.get(pk=one.pk)


def preparing(c: County, do=perform, days: int = 60, **fields) -> Topic:
    """Started, dated, two members invited, one unit to help and a leader named."""
    one, h = issued(c, do, **fields), house(c)
    named = {"leader": h.chair.person_id, "units": [c.unit.pk, c.other_unit.pk], "reason": "经研究确定"}
    do(TopicAct.NAME_UNITS, one, c.staff, named)
    do(TopicAct.START, one, c.staff, {"scheme": "先调研，后协商。"})
    date = {"meets_on": (today() + timedelta(days=days)).isoformat(), "meets_at": "09:00", "place": "县政协二楼会议室"}
    do(TopicAct.SET_DATE, one, c.staff, date)
    do(TopicAct.INVITE, one, c.staff, {"persons": [c.author.person_id, c.cosigner.person_id]})
    return Topic.objects.for_acting().get(pk=one.pk)


def asking(c: County, do=perform, mode: str = "mixed", anonymous: bool = False, **fields) -> Topic:
    one = preparing(c, do, **fields)
    asked = {"mode": mode, "question": "怎样把路管好？", "until": (today() + timedelta(days=9)).isoformat()}
    do(TopicAct.ASK_OPINIONS, one, c.staff, asked | ({"is_anonymous": "on"} if anonymous else {}))
    return one


def opinion(topic: Topic, user: User, text: str = "建议明确路长责任。", do=perform) -> Opinion:
    seen = read_case(Topic, topic.pk, user)
    one = drafting.save_opinion(seen, user, text)
    do(OpinionAct.SUBMIT, one, user)
    return one


def meeting(c: County, **fields) -> dict:
    return {
        "form": "special", "on": today().isoformat(), "place": "县政协二楼会议室", "chair": "副主席沈国华",
        "present": [c.author.person_id], "others": "县教育局负责人", "absent": "", "summary": "形成三点共识。", **fields,
    }  # fmt: skip


def held(c: County, do=perform, **fields) -> Topic:
    one = preparing(c, do, **fields)
    do(TopicAct.HOLD, one, c.staff, meeting(c, form=one.form))
    return one


def outcome(c: County, topic: Topic, do=perform, units=()) -> Outcome:
    """A written outcome with a recommendation for each unit, not yet handed to the leader."""
    allowed = topic.kind.outcomes[0]
    do(TopicAct.DRAFT_OUTCOME, topic, c.staff, {"kind": allowed, "title": "关于加强农村道路养护的协商专报"})
    one = Outcome.objects.filter(topic=topic).order_by("-pk").first()
    one = drafting.save_outcome(one, c.staff, one.title, "经调研协商，现将有关情况报告如下。")
    for n, unit in enumerate(units or (c.unit,), start=1):
        do(OutcomeAct.ADD_ITEM, one, c.staff, {"text": f"落实第 {n} 项管护经费", "unit": unit.pk})
    return one


def sent(c: County, do=perform, units=(), **fields) -> Outcome:
    """Signed by the leader, sent, its recommendations asked of their units."""
    one = outcome(c, held(c, do, **fields), do, units)
    do(OutcomeAct.SUBMIT, one, c.staff, {})
    do(OutcomeAct.SIGN, one, house(c).chair, {})
    do(OutcomeAct.SEND, one, c.staff, send_data())
    return Outcome.objects.for_acting().get(pk=one.pk)


def send_data(**fields) -> dict:
    return {"on": today().isoformat(), "document_number": "西协〔2026〕8号", "sent_to": "县委、县政府", **fields}


def answered(c: County, do=perform, answer: str = "adopted", **fields) -> Recommendation:
    """The unit's recommendation with its answer."""
    item = Recommendation.objects.for_acting().get(outcome=sent(c, do, **fields), unit=c.unit)
    do(ItemAct.ANSWER, item, c.operator, answer_data(answer))
    return item


def answer_data(answer: str = "adopted") -> dict:
    due_on = "" if answer == "declined" else (today() + timedelta(days=30)).isoformat()
    return {"answer": answer, "measure": "列入年度养护计划。", "due_on": due_on}


def every_act(do, c: County) -> None:
    """Each act of the tables once, by `do`, but for those that only SYSTEM takes by itself."""
    h = house(c)
    _plans_and_ideas(do, c, h)
    _life(do, c, h)
    _ends(do, c, h)


def merge(c: County) -> None:
    """撤并 of a committee that leads a topic."""
    old, new = people.organization("committee"), people.organization("committee")
    topic(c, plan(c, max(Plan.objects.values_list("year", flat=True)) + 1), lead=old)
    succession.succeed(succession.prepare(old, new, today(), "西协〔2026〕1号", c.administrator), set())


def _plans_and_ideas(do, c: County, h: House) -> None:
    year = max([today().year, *Plan.objects.values_list("year", flat=True)]) + 1
    do(PlanAct.DROP, plan(c, year), h.office, {"reason": "重复"})
    later = plan(c, year)
    do(PlanAct.CALL, later, h.office, {"until": (today() + timedelta(days=30)).isoformat(), "note": "围绕中心工作"})
    do(PlanAct.WRITE, later, h.office, {"aim": "围绕中心。", "duties": "加强领导。"})
    first, second = idea(c, later), idea(c, later, title="学校门口堵车")
    one = topic(c, later)
    do(IdeaAct.RESERVE, first, h.office, {})
    do(IdeaAct.RECONSIDER, first, h.office)
    do(IdeaAct.SELECT, first, h.office, {"topic": one.pk})
    do(IdeaAct.DECLINE, second, h.office, {"reason": "已有安排"})
    do(IdeaAct.WITHDRAW, idea(c, later, title="重复的"), c.author)
    face = {
        "kind": one.kind_id,
        "form": "special",
        "title": "农村道路管护",
        "lead": h.lead.pk,
        "month": "6",
        "background": "",
    }
    do(TopicAct.REVISE, one, h.office, face)
    on_its_way(c, later, do, PlanAct.CONSULT)
    do(PlanAct.SEND_BACK, later, h.office, {"reason": "议题要增加"})
    do(TopicAct.DROP, topic(c, later), h.office, {"reason": "并入其他议题"})


def _life(do, c: County, h: House) -> None:
    one, day = asking(c, do), today().isoformat()
    do(TopicAct.ADJUST, one, h.office, {**_face(one), "month": "8", "reason": "经主席会议同意"})
    do(TopicAct.SEND_NOTICE, one, c.staff, {"notice": "请准时参加。"})
    do(TopicAct.SEND_MATERIALS, one, c.staff, {"materials": "见附件。"})
    survey = {
        "first_day": day,
        "last_day": day,
        "places": "出山镇",
        "team": [c.author.person_id],
        "findings": "路面破损。",
    }
    do(TopicAct.ADD_SURVEY, one, c.staff, survey)
    scanned = sealed(c.staff)
    do(TopicAct.ADD_FILE, one, c.staff, {"file": str(scanned.pk), "note": "部门情况介绍"})
    do(TopicAct.REDATE, one, SYSTEM, {"dates": {"notice_due_on": one.notice_due_on}, "minutes": {}})
    mine = opinion(one, c.author, do=do)
    do(OpinionAct.CONVERT, mine, c.author, {"target": "proposal"})
    do(OpinionAct.TAKE_BACK, mine, c.author)
    do(OpinionAct.SUBMIT, mine, c.author)
    do(TopicAct.GROUP, one, c.staff, {"heading": "管护机制", "opinions": [mine.pk]})
    do(TopicAct.STOP_OPINIONS, one, c.staff)
    do(TopicAct.HOLD, one, c.staff, meeting(c))
    said = {"meeting": one.meetings.get().pk, "kind": "answer", "unit": c.unit.pk, "text": "正在落实经费。"}
    do(TopicAct.RECORD_SPEECH, one, c.staff, said)
    do(TopicAct.ISSUE_MINUTES, one, c.staff, {"meeting": one.meetings.get().pk, "on": day, "number": "〔2026〕3号"})
    do(TopicAct.CANCEL, issued(c, do), h.office, {"reason": "工作安排有变"})


def _face(one: Topic) -> dict:
    return {
        "kind": one.kind_id, "form": one.form, "title": one.title, "background": one.background, "lead": one.lead_id,
        "month": str(one.month or ""), "attending": one.attending,
    }  # fmt: skip


def _ends(do, c: County, h: House) -> None:
    draft = outcome(c, held(c, do), do)
    do(OutcomeAct.REMOVE_ITEM, draft, c.staff, {"item": draft.items.get().pk})
    do(OutcomeAct.SUBMIT, draft, c.staff, {})
    do(OutcomeAct.RETURN, draft, h.chair, {"reason": "再核实数字"})
    do(OutcomeAct.DROP, draft, c.staff, {"reason": "另行起草"})
    item = answered(c, do, "declined")
    do(
        OutcomeAct.INSTRUCT,
        item.outcome,
        c.staff,
        {"leader": h.chair.person_id, "level": "county", "text": "请办好。", "on": today().isoformat()},
    )
    wrong = item.outcome.instructions.valid().get()
    do(OutcomeAct.VOID, item.outcome, c.staff, {"instruction": wrong.pk, "reason": "登记到了别的成果"})
    merge(c)
    do(ItemAct.ASK_AGAIN, item, c.staff, {"reason": "请再研究"})
    do(ItemAct.REASSIGN, item, c.staff, {"unit": c.other_unit.pk, "reason": "职责调整"})
    do(ItemAct.URGE, item, c.dispatch, {})
    do(ItemAct.ANSWER, item, c.other_operator, answer_data())
    do(ItemAct.PROGRESS, item, c.other_operator, {"on": today().isoformat(), "content": "已立项。"})
    later = (today() + timedelta(days=90)).isoformat()
    do(ItemAct.POSTPONE, item, c.other_operator, {"new_due_on": later, "reason": "招标延后"})
    do(ItemAct.REPORT_DONE, item, c.other_operator, {"done_on": today().isoformat(), "result": "已修好。"})
    do(ItemAct.NOT_DONE, item, c.staff, {"reason": "还差一段"})
    do(ItemAct.REPORT_DONE, item, c.other_operator, {"done_on": today().isoformat(), "result": "全部修好。"})
    do(ItemAct.CONFIRM, item, c.staff, {})
    do(ItemAct.CONVERT, item, c.author, {"target": "opinion"})
    done = Topic.objects.get(pk=item.topic_id)
    do(TopicAct.FEED_BACK, done, c.staff, {"feedback": "建议已落实。"})
    do(TopicAct.CLOSE, done, c.staff, {})
