"""成果 and what became of it: versions, signature, answers, asking again across years, conversion, the figures."""

from datetime import timedelta

import pytest

from consultations import conversions, drafting, statistics
from consultations.acts import ItemAct, OpinionAct, OutcomeAct, TopicAct
from consultations.invariants import problems
from consultations.models import Conversion, Outcome, Recommendation, Topic
from consultations.todo import todo_for
from members.periods import today
from notices import delivery
from notices.models import Message
from tests.exports.taking import sheet_of
from tests.factories import consultations as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused, TooLate
from workflow.querysets import read_case


def messages_of(user) -> list[str]:
    return list(Message.objects.of(user).order_by("pk").values_list("subject", flat=True))


def test_the_leader_signs_and_each_version_is_kept(c):
    h, topic = make.house(c), make.held(c)
    one = make.outcome(c, topic)
    stale = one.version
    one = drafting.save_outcome(one, c.staff, one.title, "第一稿")
    with pytest.raises(TooLate):
        drafting.save_outcome(one, c.head, one.title, "同事的", seen=stale)
    with pytest.raises(Refused):
        perform(OutcomeAct.SEND, one, c.staff, make.send_data())  # nobody has signed
    perform(OutcomeAct.SUBMIT, one, c.staff, {})
    with pytest.raises(Refused) as refused:
        perform(OutcomeAct.SIGN, one, c.head, {})
    assert refused.value.code == "leader_signs"
    assert [item.what for item in todo_for(h.chair)] == ["审签协商成果"]
    perform(OutcomeAct.RETURN, one, h.chair, {"reason": "补数字"})
    one = drafting.save_outcome(one, c.staff, one.title, "第二稿")
    perform(OutcomeAct.SUBMIT, one, c.staff, {})
    perform(OutcomeAct.SIGN, one, h.chair, {})
    with pytest.raises(Refused):
        drafting.save_outcome(one, c.staff, one.title, "签后再改")
    assert list(one.versions.values_list("serial", "text")) == [(1, "第一稿"), (2, "第二稿")]
    # Until it is sent, neither the unit nor the members see it.
    seen = [Outcome.objects.visible_to(user).count() for user in (c.operator, c.author, c.dispatch, c.staff, h.chair)]
    assert seen == [0, 0, 0, 1, 1]
    perform(OutcomeAct.SEND, one, c.staff, make.send_data())
    item = one.items.get()
    assert (item.answer_due_on >= today() + timedelta(days=30), Topic.objects.get().state) == (True, "tracking")
    delivery.deliver_due()
    assert messages_of(c.operator)[-1] == "西协〔2026〕8号：报送并交办建议"
    assert all(topic.title not in text for user in (c.operator, c.author, h.chair) for text in messages_of(user))


def test_a_kind_that_needs_a_meeting_reports_after_it(c):
    one = make.outcome(c, make.preparing(c))
    for act, user in ((OutcomeAct.SUBMIT, c.staff), (OutcomeAct.SIGN, make.house(c).chair)):
        perform(act, one, user, {})
    with pytest.raises(Refused) as refused:
        perform(OutcomeAct.SEND, one, c.staff, make.send_data())
    assert refused.value.code == "not_held"


def test_answered_asked_again_and_done(c):
    h, item = make.house(c), make.answered(c, answer="declined")
    topic = Topic.objects.get()
    assert (item.state, item.due_on) == ("declined", None)
    with pytest.raises(NotFound):
        perform(ItemAct.ANSWER, item, c.third_operator, make.answer_data())
    perform(ItemAct.ASK_AGAIN, item, c.staff, {"reason": "群众反映集中"})
    assert (item.state, Recommendation.objects.get().answer) == ("waiting", "")
    with pytest.raises(Invalid):  # taken up without a date
        perform(ItemAct.ANSWER, item, c.operator, {"answer": "partly", "measure": "分期实施", "due_on": ""})
    perform(ItemAct.ANSWER, item, c.operator, make.answer_data("partly"))
    with pytest.raises(NotAllowed):
        perform(ItemAct.CONFIRM, item, c.operator, {})
    perform(ItemAct.URGE, item, c.dispatch, {})
    with pytest.raises(Refused) as refused:
        perform(ItemAct.URGE, item, c.staff, {})
    assert refused.value.code == "urged_today"
    with pytest.raises(Refused) as refused:
        perform(TopicAct.CLOSE, topic, c.staff, {})
    assert refused.value.code == "open_items"
    perform(ItemAct.REPORT_DONE, item, c.operator, {"done_on": today().isoformat(), "result": "修好了。"})
    assert [one.what for one in todo_for(c.staff) if one.process == "recommendation"] == ["确认建议落实"]
    perform(ItemAct.CONFIRM, item, c.staff, {})
    with pytest.raises(Refused) as refused:
        perform(TopicAct.CLOSE, topic, c.staff, {})
    assert refused.value.code == "no_feedback"
    perform(TopicAct.FEED_BACK, topic, c.staff, {"feedback": "已经落实。"})
    delivery.deliver_due()
    told = {user: messages_of(user)[-1] for user in (c.author, c.cosigner, c.operator)}
    assert set(told.values()) == {f"{topic.number}：向参加人员反馈"}
    assert f"{topic.number}：向参加人员反馈" not in messages_of(c.other_member)
    perform(TopicAct.CLOSE, topic, c.staff, {})
    assert [note.kind for note in item.notes.order_by("pk")] == ["answered", "asked", "answered", "urged", "reported"]
    assert (problems(), todo_for(h.chair)) == ([], [])


def test_what_is_open_follows_into_the_next_years(c, browse):
    item = make.answered(c)
    Topic.objects.update(year=today().year - 2)
    long_ago = today() - timedelta(days=500)
    Recommendation.objects.update(due_on=long_ago, answer_due_on=long_ago)
    assert [(one.what, one.due_on) for one in todo_for(c.operator)] == [("落实协商建议", long_ago)]
    page = browse(c.operator).get("/consultations/items/?show=late").content.decode()
    assert ("往年续办" in page, item.text in page) == (True, True)
    rows = list(sheet_of(browse(c.staff), "recommendations", "show=late").values)
    assert (len(rows), rows[2][4], rows[2][-1]) == (3, item.text, 500)


def test_the_share_equals_its_rows_and_says_its_formula(c, browse):
    units = [c.unit, c.other_unit, c.third_unit]
    outcome = make.sent(c, units=units)
    for answer, unit, user in (("adopted", c.unit, c.operator), ("declined", c.other_unit, c.other_operator)):
        perform(ItemAct.ANSWER, outcome.items.get(unit=unit), user, make.answer_data(answer))
    found = statistics.figures(c.staff, today().year)
    assert (found.converted.words, found.converted.percent) == ("1 ÷ 3 = 33.3%", 33.3)
    assert (found.items["waiting"], found.fulfilled.words) == (1, "0 ÷ 1 = 0.0%")
    assert [(row["name"], row["all"], row["adopted"]) for row in statistics.by_unit(c.staff, today().year)] == [
        ("县教育局", 1, 1), ("县水利局", 1, 0), ("县财政局", 1, 0),
    ]  # fmt: skip
    page = browse(c.staff).get("/consultations/figures/").content.decode()
    assert "（采纳 + 部分采纳）÷ 已报送成果的全部建议 ＝ 1 ÷ 3 = 33.3%" in page
    assert statistics.Share(0, 0).percent is None
    assert browse(c.author).get("/consultations/figures/").status_code == 403
    assert problems() == []
    Recommendation.objects.filter(unit=c.unit).update(answer="")  # past the doors
    assert len(problems()) == 1


def test_what_a_leader_wrote_is_not_for_everybody(c, browse):
    one = make.sent(c)
    given = {"leader_name": "市委副书记", "level": "city", "text": "只给承办单位看的批示", "on": today().isoformat()}
    perform(OutcomeAct.INSTRUCT, one, make.house(c).chair, given)
    shown = {
        user: "只给承办单位看的批示" in browse(user).get(one.get_absolute_url()).content.decode()
        for user in (c.staff, c.operator, c.author)
    }
    assert list(shown.values()) == [True, True, False]
    page = browse(c.author).get(one.topic.get_absolute_url()).content.decode()
    assert "只给承办单位看的批示" not in page


def test_conversion_makes_a_draft_once_for_each_person(c, monkeypatch):
    """The act is offered when somebody handles the target; plain values are handed over."""
    item, handed, handlers = make.answered(c), [], {}
    monkeypatch.setattr(conversions, "_handlers", handlers)
    mine = read_case(Recommendation, item.pk, c.author)
    assert [option.blocked.code for option in available(mine, c.author)] == ["no_handler"]
    conversions.register("proposal", lambda given: handed.append(given) or "关于道路的提案草稿")
    with pytest.raises(Invalid):
        perform(ItemAct.CONVERT, item, c.author, {"target": "opinion"})  # nobody handles it
    perform(ItemAct.CONVERT, item, c.author, {"target": "proposal"})
    with pytest.raises(Refused) as refused:
        perform(ItemAct.CONVERT, item, c.author, {"target": "proposal"})
    assert refused.value.code == "converted"
    perform(ItemAct.CONVERT, item, c.cosigner, {"target": "proposal"})
    with pytest.raises(NotFound):
        perform(ItemAct.CONVERT, item, c.other_member, {"target": "proposal"})
    first = handed[0]
    assert (first.person, first.suggestions, first.origin) == (
        c.author.person,
        (item.text,),
        f"{item.number}（{item.topic}）",
    )
    assert list(Conversion.objects.values_list("became", flat=True)) == ["关于道路的提案草稿"] * 2


def test_an_opinion_goes_on_as_its_authors_draft(c, monkeypatch):
    one = make.opinion(make.asking(c), c.author, "建议明确路长。")
    handed = []
    monkeypatch.setattr(conversions, "_handlers", {"opinion": lambda given: handed.append(given) or "社情民意草稿"})
    perform(OpinionAct.CONVERT, one, c.author, {"target": "opinion"})
    assert (handed[0].situation, Conversion.objects.get().opinion_id) == ("建议明确路长。", one.pk)


def test_a_unit_that_was_merged_away_is_answered_for(c):
    make.sent(c)
    heir = people.organization("unit", "县教育体育局", system="government")
    who = people.holder(heir, "operator", "接办人")
    type(c.unit).objects.filter(pk=c.unit.pk).update(successor=heir)
    item = Recommendation.objects.for_acting().get()
    perform(ItemAct.ANSWER, item, who, make.answer_data())
    assert Recommendation.objects.get().state == "doing"
