"""年度计划: its way to the joint issue, its changes shown, and that an issued plan loses nothing."""

import io

import pytest
from docx import Document

from consultations import opening, snapshots
from consultations.acts import IdeaAct, PlanAct, TopicAct
from consultations.invariants import problems
from consultations.models import Idea, Plan, PlanStep, Topic, TopicKind
from consultations.states import IdeaState, PlanState, TopicState
from members.periods import today
from notices import delivery
from notices.models import Message
from tests.factories import consultations as make
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused

STEP = {"on": "", "document_number": "西协办〔2026〕2号", "note": "无不同意见"}


def step(**fields) -> dict:
    return {**STEP, "on": today().isoformat(), **fields}


def refusal(act, case, actor, data=None) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, data)
    return refused.value.code


def test_from_the_call_to_the_joint_issue(c):
    h, plan = make.house(c), make.plan(c)
    assert refusal(PlanAct.CONSULT, plan, h.office, step()) == "no_topics"
    first = make.topic(c, plan)
    perform(PlanAct.CONSULT, plan, h.office, step())
    assert refusal(PlanAct.SUBMIT, plan, h.office, step()) == "no_views"
    perform(PlanAct.RECORD_VIEW, plan, h.office, step(of="party"))
    assert refusal(PlanAct.SUBMIT, plan, h.office, step()) == "no_views"
    perform(PlanAct.RECORD_VIEW, plan, h.office, step(of="government", note="请增加供水议题"))
    second = make.topic(c, plan, "协商式民主监督", title="城乡供水")
    revised = {**make._face(first), "month": "9"}
    perform(TopicAct.REVISE, first, h.office, revised)
    perform(PlanAct.SUBMIT, plan, h.office, step())
    perform(PlanAct.PASS_CHAIRMEN, plan, h.office, step())
    perform(PlanAct.PASS_STANDING, plan, h.office, step())
    # Without a number nothing is issued, and what was typed is kept.
    with pytest.raises(Invalid):
        perform(PlanAct.ISSUE, plan, h.office, step(document_number="", issuers="三办"))
    perform(PlanAct.ISSUE, plan, h.office, step(issuers="县委办公室、县政府办公室、县政协办公室"))
    steps = list(PlanStep.objects.order_by("at", "pk"))
    assert [one.kind for one in steps] == [
        "consulted", "party", "government", "submitted", "chairmen", "standing", "issued",
    ]  # fmt: skip
    changed = {one.kind: changes for one, changes in snapshots.with_changes(steps)}
    assert changed["submitted"] == [
        "增加议题：城乡供水（协商式民主监督，5月）", "“加强农村道路养护”的协商时间：5月 → 9月",
    ]  # fmt: skip
    assert [changed[kind] for kind in ("party", "chairmen", "standing", "issued")] == [[], [], [], []]
    delivery.deliver_due()
    assert Message.objects.of(c.author).get().subject == f"{today().year}年度协商计划：联合印发"
    assert {one.pk for one in Topic.objects.visible_to(c.author)} == {first.pk, second.pk}
    assert problems() == []


def test_an_issued_plan_loses_nothing(c):
    h, one = make.house(c), make.issued(c)
    plan = Plan.objects.get(pk=one.plan_id)
    assert [refusal(act, one, h.office, {"reason": "不办了"}) for act in (TopicAct.DROP, TopicAct.REVISE)] == [
        "settled"
    ] * 2
    with pytest.raises(Refused) as refused:
        opening.open_topic(h.office, make.topic_data(h, plan, title="临时增加"))
    assert refused.value.code == "needs_reason"
    added = make.topic(c, plan, title="临时增加", reason="经主席会议同意")
    with pytest.raises(Invalid):
        perform(TopicAct.ADJUST, one, h.office, make._face(one))  # no reason given
    perform(TopicAct.ADJUST, one, h.office, {**make._face(one), "month": "10", "reason": "与中心工作衔接"})
    perform(TopicAct.CANCEL, added, h.office, {"reason": "上级另有安排"})
    steps = list(plan.steps.order_by("at", "pk"))
    assert snapshots.since_last(plan, steps) == [
        "增加议题：临时增加（专题协商，5月）", "“加强农村道路养护”的协商时间：5月 → 10月",
    ]  # fmt: skip
    assert set(Topic.objects.filter(plan=plan).values_list("state", flat=True)) == {"waiting", "cancelled"}
    assert problems() == []


def test_a_topic_cannot_slip_out_while_the_plan_is_being_decided(c):
    """The guard saw an open plan; by the time of the effect it was decided."""
    h, plan = make.house(c), make.plan(c)
    one = make.topic(c, plan)
    stale = Topic.objects.for_acting().get(pk=one.pk)
    from consultations.effects.topic import drop
    from workflow.transition import Step

    Plan._base_manager.filter(pk=plan.pk).update(state=PlanState.APPROVED)
    with pytest.raises(Refused) as refused:
        drop(Step(stale, h.office, None))
    assert refused.value.code == "settled"


def test_the_form_must_match_the_kind_and_the_kind_its_plan(c):
    h, plan = make.house(c), make.plan(c)
    one = make.topic(c, plan)
    with pytest.raises(Invalid) as invalid:
        perform(TopicAct.REVISE, one, h.office, {**make._face(one), "form": "inspection"})
    assert invalid.value.errors == {
        "form": ["“专题协商”不能用“视察座谈会”，可以用：专题协商会、主席会议协商、网络协商。"]
    }
    from consultations.forms.topic import NewTopicForm

    data = make.topic_data(h, None)
    posted = {**data, "kind": data["kind"].pk, "lead": h.lead.pk, "plan": ""}
    form = NewTopicForm(posted)
    assert (form.is_valid(), form.errors) == (False, {"plan": ["“专题协商”必须列入年度计划，请选择计划。"]})
    free = make.topic(c, None, "对口协商")
    assert (free.plan_id, free.is_issued, free.number) == (None, True, f"{today().year}年协商议题第2号")
    # A row past the doors is found.
    Topic.objects.filter(pk=free.pk).update(form="inspection", kind=TopicKind.objects.get(name="专题调研"))
    assert [problem.split("：")[0] for problem in problems()] == [
        f"{free.number}的形式与类别不符",
        f"{free.number}必须列入计划",
    ]


def test_suggestions_come_from_everybody_and_are_answered(c):
    h, plan = make.house(c), make.plan(c)
    mine, committees = make.idea(c, plan), make.idea(c, plan, c.staff, title="专委会的建议")
    units = make.idea(c, plan, c.operator, title="部门的建议")
    letter = {"source": "public", "channel": "letter", "organization": None, "contributor": "王大爷"}
    peoples = make.idea(c, plan, h.office, title="群众的建议", **letter)
    assert [one.from_whom for one in (mine, committees, units, peoples)] == [
        "周明远",
        "提案委员会",
        "县教育局",
        "王大爷",
    ]
    assert make.idea(c, plan).pk == mine.pk  # a double press
    with pytest.raises(NotAllowed):
        make.idea(c, plan, c.dispatch)
    assert list(Idea.objects.visible_to(c.author)) == [mine]
    assert list(Idea.objects.visible_to(c.operator)) == [units]
    topic = make.topic(c, plan, ideas=[mine, peoples])
    perform(IdeaAct.DECLINE, units, h.office, {"reason": "已经列入日常工作"})
    assert [Idea.objects.get(pk=one.pk).state for one in (mine, peoples, units, committees)] == [
        IdeaState.SELECTED, IdeaState.SELECTED, IdeaState.DECLINED, IdeaState.WAITING,
    ]  # fmt: skip
    assert list(topic.ideas.order_by("pk")) == [mine, peoples]
    delivery.deliver_due()
    assert Message.objects.of(c.author).get().subject == f"{mine.number}：并入议题"
    make.on_its_way(c, plan)
    with pytest.raises(Refused) as refused:
        make.idea(c, Plan.objects.get(pk=plan.pk), title="来晚了")
    assert refused.value.code == "no_call"


def test_nobody_sees_a_plan_in_the_making_but_the_house_and_the_leaders(c):
    h, plan = make.house(c), make.plan(c)
    one = make.topic(c, plan)
    seen = [
        bool(Topic.objects.visible_to(user).filter(pk=one.pk))
        for user in (h.office, c.staff, h.chair, c.author, c.operator)
    ]
    assert seen == [True, True, True, False, False]
    with pytest.raises(NotFound):
        perform(TopicAct.START, one, c.author, {"scheme": "x"})
    with pytest.raises(NotAllowed):
        perform(PlanAct.WRITE, plan, c.staff, {"aim": "x", "duties": ""})
    with pytest.raises(NotAllowed):
        opening.open_plan(c.staff, today().year + 5)
    with pytest.raises(Refused) as refused:
        opening.open_plan(h.office, today().year)
    assert refused.value.code == "year_taken"


def test_the_printed_plan_has_the_usual_table(c, browse):
    one = make.preparing(c, title="加强农村道路养护")
    added = {"reason": "经主席会议同意"}
    gone = make.topic(c, one.plan, "界别视察", title="乡镇卫生院", **added)
    perform(TopicAct.CANCEL, gone, make.house(c).office, {"reason": "另有安排"})
    answer = browse(c.author).get(f"/consultations/plans/{one.plan_id}.docx")
    table = Document(io.BytesIO(answer.content)).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "议　题", "协商形式", "协商时间", "承办单位", "参加人员"]
    assert (rows[1][0], rows[3][0]) == ("一、专题协商（1项）", "二、界别视察（1项）")
    assert rows[2] == [
        "1", "加强农村道路养护", "专题协商会", "5月", "提案委员会\n协办：县财政局、县教育局",
        "政协常委、有关部门负责人\n牵头：沈国华",
    ]  # fmt: skip
    assert rows[4][1] == "乡镇卫生院（已取消）"
    assert Topic.objects.filter(plan=one.plan_id, state=TopicState.CANCELLED).count() == 1
