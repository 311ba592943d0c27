"""What each audience is told: a sentence with day, place, question, last day and reason; who works at a unit and who leads it."""

from datetime import timedelta

import pytest

from consultations import telling_words
from consultations.acts import ItemAct, OutcomeAct, TopicAct
from consultations.forms.work import AskForm
from consultations.models import Recommendation, Topic
from members.periods import today
from notices import delivery, kinds
from notices.models import Message
from tests.factories import consultations as make
from workflow.engine import perform
from workflow.errors import Invalid
from workflow.transition import all_processes

OURS = ("consult_plan", "consult_idea", "topic", "consult_opinion", "outcome", "recommendation")


def told(user) -> Message:
    delivery.deliver_due()
    return Message.objects.of(user).order_by("pk").last()


def day(on) -> str:
    return telling_words._day(on)


def test_every_audience_has_its_sentence(c):
    wanted = {
        (process.name, row.act, name)
        for process in all_processes() if process.name in OURS for row in process.transitions for name in row.notify
    }  # fmt: skip
    assert wanted == {(*key, name) for key, sentences in telling_words.WORDS.items() for name in sentences}
    assert wanted >= telling_words.ASKED | telling_words.WITHOUT_REASON
    assert telling_words.REASONS.keys() | telling_words.DUE.keys() <= telling_words.WORDS.keys()
    make.every_act(perform, c)
    delivery.deliver_due()
    bodies = dict.fromkeys(Message.objects.order_by("pk").values_list("body", flat=True))
    assert [body for body in bodies if not body.strip() or "None" in body or "{" in body] == []


def test_the_day_the_place_and_the_question_are_told(c):
    one = make.asking(c)
    asked, due_on = told(c.author), today() + timedelta(days=9)
    assert (asked.body, asked.kind) == (
        f"县政协请您就这个议题发表意见，截止{day(due_on)}。\n请您谈：怎样把路管好？", kinds.ACT
    )  # fmt: skip
    assert asked.facts["due"] == due_on.isoformat()
    meets_on = today() + timedelta(days=70)
    moved = {"meets_on": meets_on.isoformat(), "meets_at": "15:00", "place": "三楼会议室", "reason": "与全会冲突"}
    perform(TopicAct.SET_DATE, one, c.staff, moved)
    assert (
        told(c.author).body == f"协商定于{day(meets_on)}15:00在三楼会议室进行，请您安排好时间。\n改期理由：与全会冲突"
    )
    for user in (c.operator, c.leader, c.other_leader):  # who works at the unit, and who answers for it
        assert told(user).body.startswith(f"协商定于{day(meets_on)}15:00在三楼会议室进行，请你单位")
    perform(TopicAct.CANCEL, one, make.house(c).office, {"reason": "工作安排有变"})
    assert told(c.leader).body == "你单位协办的协商议题已经取消，不用再准备。\n取消理由：工作安排有变"


def test_a_unit_and_its_leader_are_told_of_what_is_asked(c):
    item = Recommendation.objects.for_acting().get(pk=make.answered(c).pk)
    due_on = item.due_on
    for user in (c.operator, c.leader):
        first = Message.objects.of(user).filter(subject__contains="报送并交办建议")
        delivery.deliver_due()
        assert (first.get().kind, first.get().facts["due"]) == (kinds.ACT, item.answer_due_on.isoformat())
    assert told(c.staff).body.endswith(f"答复了协商建议：采纳，{day(due_on)}前落实。")
    perform(ItemAct.URGE, item, c.dispatch, {"reason": "群众在等"})
    urged = told(c.leader)
    assert (urged.body, urged.urgent) == (
        f"请你单位抓紧落实协商建议（期限{day(due_on)}）。\n催办内容：群众在等", True
    )  # fmt: skip
    Recommendation.objects.update(due_on=today() - timedelta(days=1))
    perform(ItemAct.REPORT_DONE, item, c.operator, {"done_on": today().isoformat(), "result": "修好了。"})
    assert told(c.staff).kind == kinds.ACT
    perform(ItemAct.NOT_DONE, item, c.staff, {"reason": "还差一段"})
    assert "已经逾期），请按说明办好后再报。\n退回理由：还差一段" in told(c.operator).body


def test_what_was_asked_of_another_unit_starts_anew(c):
    """Also when the first had taken it up, or had reported it as done."""
    item = make.answered(c)
    perform(ItemAct.REPORT_DONE, item, c.operator, {"done_on": today().isoformat(), "result": "修好了。"})
    perform(ItemAct.REASSIGN, item, c.staff, {"unit": c.other_unit.pk, "reason": "职责划转"})
    item = Recommendation.objects.for_acting().get()
    assert (item.state, item.unit, item.answer, item.done_on, item.result) == ("waiting", c.other_unit, "", None, "")
    assert "请在" in told(c.other_leader).body
    former = told(c.operator)
    assert former.body == f"原来交你单位的一条协商建议改由{c.other_unit}办理，你单位不用再办。\n理由：职责划转"
    assert former.url == "/consultations/items/"  # the recommendation itself is closed to them now
    perform(ItemAct.ANSWER, item, c.other_operator, make.answer_data())
    perform(ItemAct.REASSIGN, item, c.staff, {"unit": c.unit.pk, "reason": "划回"})
    assert [note.kind for note in item.notes.order_by("pk")] == ["answered", "reported", "asked", "answered", "asked"]


def test_a_circle_that_was_promised_is_not_opened_afterwards(c):
    one = make.asking(c, mode="invited")
    make.opinion(one, c.author, "只给受邀的人看。")
    asked = {"question": "怎样管好？", "until": (today() + timedelta(days=9)).isoformat()}
    again = AskForm(case=Topic.objects.get(pk=one.pk), actor=c.staff)
    assert again["mode"].initial == "invited"  # whoever asks again is not led to another circle
    for mode in ("open", "mixed"):
        with pytest.raises(Invalid) as invalid:
            perform(TopicAct.ASK_OPINIONS, one, c.staff, asked | {"mode": mode})
        assert list(invalid.value.errors) == ["mode"]
    perform(TopicAct.ASK_OPINIONS, one, c.staff, asked | {"mode": "invited"})
    assert Topic.objects.get().question == "怎样管好？"


def test_an_instruction_entered_wrongly_does_not_count(c, browse):
    from consultations import statistics

    one, h = make.sent(c), make.house(c)
    given = {"leader": h.chair.person_id, "level": "county", "text": "请办好。", "on": today().isoformat()}
    perform(OutcomeAct.INSTRUCT, one, c.staff, given)
    assert statistics.figures(c.staff, today().year).instructed == 1
    wrong = one.instructions.get()
    assert "领导批示" in browse(c.operator).get(one.get_absolute_url()).content.decode()
    perform(OutcomeAct.VOID, one, c.staff, {"instruction": wrong.pk, "reason": "登记错了"})
    assert "作废原因：登记错了" in told(c.operator).body
    assert "登记错了" in told(c.author).body and "作废原因" not in told(c.author).body
    assert statistics.figures(c.staff, today().year).instructed == 0
    seen = [browse(user).get(one.get_absolute_url()).content.decode() for user in (c.staff, c.operator)]
    assert [("已作废" in page, "请办好。" in page) for page in seen] == [(True, True), (False, False)]
    with pytest.raises(Invalid):
        perform(OutcomeAct.INSTRUCT, one, c.staff, {})
    perform(OutcomeAct.INSTRUCT, one, c.staff, given)
    with pytest.raises(Invalid):
        perform(OutcomeAct.VOID, one, c.staff, {"instruction": wrong.pk, "reason": "再作废一次"})
