"""What must not be seen, done twice, done too late or lost: the holes a hostile or hurried user would find."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import conversions, drafting, opening, timeline
from consultations.acts import ItemAct, OpinionAct, OutcomeAct, PlanAct, TopicAct
from consultations.forms.outcome import InstructForm
from consultations.models import Opinion, Outcome, Plan, Recommendation, Topic
from consultations.todo import todo_for
from deadlines.models import DueRule
from documents import limits
from exports import lists
from members.periods import today
from notices import delivery
from notices.models import Message
from tests.factories import consultations as make
from tests.factories import people
from tests.factories.county import sealed
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, Refused
from workflow.forms import ActForm
from workflow.querysets import read_case

FAR = "9999-12-31"


def refusal(act, case, actor, data=None) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, data or {})
    return refused.value.code


def fields(act, case, actor, data) -> list[str]:
    with pytest.raises(Invalid) as invalid:
        perform(act, case, actor, data)
    return list(invalid.value.errors)


def page_of(browse, user, case) -> str:
    return browse(user).get(case.get_absolute_url()).content.decode()


def fresh(topic: Topic, user) -> Topic:
    return read_case(Topic, topic.pk, user)


def test_what_invited_members_said_stays_among_them(c, browse):
    one = make.asking(c, mode="invited")
    make.opinion(one, c.author, "只对受邀的人说")
    api = "/api/v1/consultation-opinions/"
    for _ in ("while it is asked", "after it was stopped"):
        seen = {
            user: ("只对受邀的人说" in page_of(browse, user, one), Opinion.objects.visible_to(user).count())
            for user in (c.staff, c.cosigner, c.other_member)
        }
        assert list(seen.values()) == [(True, 1), (True, 1), (False, 0)]
        assert browse(c.other_member).get(api).json()["count"] == 0
        if fresh(one, c.staff).is_collecting:
            perform(TopicAct.STOP_OPINIONS, one, c.staff)
    topic = fresh(one, c.author)
    assert (topic.is_collecting, topic.mode, drafting.may_speak(topic, c.author)) == (False, "invited", False)
    assert refusal(TopicAct.STOP_OPINIONS, one, c.staff) == "not_asking"
    # Whoever began while all were asked does not slip in after only invited members are.
    asked = {"question": "怎样？", "until": (today() + timedelta(days=5)).isoformat()}
    one = make.asking(c, mode="open")
    mine = drafting.save_opinion(fresh(one, c.other_member), c.other_member, "写了一半")
    perform(TopicAct.ASK_OPINIONS, one, c.staff, asked | {"mode": "invited"})
    assert refusal(OpinionAct.SUBMIT, mine, c.other_member) == "invited_only"


def test_a_unit_that_helps_reads_no_other_units_answer(c, browse):
    """The record of a topic holds what passed on its outcomes and recommendations; each reader gets what he may open."""
    item = make.answered(c)
    given = {"leader_name": "石书记", "level": "county", "text": "批示的原话", "on": today().isoformat()}
    perform(OutcomeAct.INSTRUCT, item.outcome, c.staff, given)
    house = people.holder(people.organization("committee", "经济委员会"), "staff", "石磊")
    unsent = make.outcome(c, make.held(c))
    shown = {
        user: [words in page_of(browse, user, item.topic) for words in ("列入年度养护计划", "石书记", "批示的原话")]
        for user in (c.staff, c.operator, c.other_operator)
    }
    # The words themselves stand with the outcome only, from where they can be voided.
    assert list(shown.values()) == [[True, True, False], [True, True, False], [False, False, False]]
    assert ["批示的原话" in page_of(browse, user, item.outcome) for user in (c.staff, c.operator)] == [True, True]
    drafts = [("落实第 1 项管护经费" in page_of(browse, user, unsent.topic)) for user in (c.staff, house)]
    assert drafts == [True, False]


def test_the_page_of_an_outcome_leads_only_where_the_unit_may_go(c, browse):
    one = make.sent(c, units=[c.unit, c.other_unit])
    mine, other = one.items.get(unit=c.unit), one.items.get(unit=c.other_unit)
    page = page_of(browse, c.operator, one)
    assert (mine.get_absolute_url() in page, other.get_absolute_url() in page) == (True, False)
    assert (other.get_absolute_url() in page_of(browse, c.staff, one)) is True
    # Each recommendation of a topic has a number of its own, also across outcomes.
    second = make.outcome(c, one.topic)
    assert [item.position for item in Recommendation.objects.order_by("pk")] == [1, 2, 3]
    assert second.items.get().number.endswith("建议3")


def test_a_members_draft_is_no_news_for_the_unit(c, browse, monkeypatch):
    item = make.answered(c)
    monkeypatch.setattr(conversions, "_handlers", {"proposal": lambda handed: "我悄悄写的草稿"})
    perform(ItemAct.CONVERT, item, c.author, {"target": "proposal"})
    users = (c.author, c.staff, c.cosigner, c.operator, c.dispatch)
    assert ["我悄悄写的草稿" in page_of(browse, user, item) for user in users] == [True, True, False, False, False]
    assert "转为我的提案" not in page_of(browse, c.operator, item.topic)


def test_dates_out_of_reach_get_a_sentence(c, browse):
    """No rule says a date of the year 1, and a light cannot count working days up to 9999."""
    one = make.preparing(c)
    ask = {"mode": "open", "question": "怎样？", "until": FAR}
    assert fields(TopicAct.ASK_OPINIONS, one, c.staff, ask) == ["until"]
    assert fields(TopicAct.HOLD, one, c.staff, make.meeting(c, on="0001-01-01")) == ["on"]
    call = {"until": FAR}
    assert fields(PlanAct.CALL, make.plan(c, today().year + 1), make.house(c).office, call) == ["until"]
    perform(TopicAct.HOLD, one, c.staff, make.meeting(c))
    signed = make.outcome(c, one)
    perform(OutcomeAct.SUBMIT, signed, c.staff, {})
    perform(OutcomeAct.SIGN, signed, make.house(c).chair, {})
    assert fields(OutcomeAct.SEND, signed, c.staff, make.send_data(answer_due_on=FAR)) == ["answer_due_on"]
    assert fields(OutcomeAct.SEND, signed, c.staff, make.send_data(on="1999-12-31")) == ["on"]
    # A gap in the rules is said, and what was typed stays on the page.
    DueRule.objects.filter(step="consult_answer").update(valid_from=today() + timedelta(days=3))
    sent = browse(c.staff).post(
        f"/consultations/outcomes/{signed.pk}/acts/send/", make.send_data(document_number="西协〔2026〕9号")
    )
    page = sent.content.decode()
    assert (sent.status_code, "没有适用于“答复协商建议”的办理期限规则" in page, "西协〔2026〕9号" in page) == (
        409,
        True,
        True,
    )


def test_one_file_too_many_is_a_refusal(c, monkeypatch):
    one = make.preparing(c)
    monkeypatch.setattr(limits, "max_per_subject", lambda: 0)
    given = {"file": str(sealed(c.staff).pk), "note": "第几份"}
    assert refusal(TopicAct.ADD_FILE, one, c.staff, given) == "files"
    assert Topic.objects.get(pk=one.pk).version == one.version


def test_a_call_leads_to_where_topics_are_suggested(c, browse):
    """The plan itself is not yet for members and units; what it asks for is."""
    h, plan = make.house(c), make.plan(c)
    until = (today() + timedelta(days=20)).isoformat()
    perform(PlanAct.CALL, plan, h.office, {"until": until, "note": "围绕乡村振兴提议题"})
    delivery.deliver_due()
    for user in (c.author, c.operator):
        message = Message.objects.of(user).get()
        assert browse(user).get(message.url).status_code == 200
        for page in (message.url, "/consultations/ideas/new/"):
            assert "围绕乡村振兴提议题" in browse(user).get(page).content.decode()


def test_who_is_outside_hears_nothing_of_an_unissued_topic(c):
    h, plan = make.house(c), make.plan(c)
    one = make.topic(c, plan)
    perform(TopicAct.NAME_UNITS, one, c.staff, {"units": [c.unit.pk]})
    make.on_its_way(c, plan, until="pass_standing")
    perform(TopicAct.ADJUST, one, h.office, {**make._face(one), "month": "9", "reason": "经主席会议同意"})
    delivery.deliver_due()
    assert (Message.objects.of(c.operator).count(), Message.objects.of(c.head).count()) == (0, 1)


def test_only_the_office_adds_to_what_was_decided(c, browse):
    h, one = make.house(c), make.issued(c)
    plan = Plan.objects.get(pk=one.plan_id)
    with pytest.raises(NotAllowed):
        opening.open_topic(c.staff, make.topic_data(h, plan, reason="我觉得可以加", title="自行增加"))
    assert "添加议题" not in page_of(browse, c.staff, plan)
    assert "添加议题" in page_of(browse, h.office, plan)
    posted = {**make._face(one), "plan": plan.pk, "reason": "我觉得可以加", "title": "自行增加"}
    answer = browse(c.staff).post("/consultations/topics/new/", posted)
    assert (answer.status_code, "自行增加" in answer.content.decode(), Topic.objects.count()) == (400, True, 1)
    later = make.plan(c, today().year + 1)
    assert opening.open_topic(c.staff, make.topic_data(h, later)).plan_id == later.pk


def test_a_signature_counts_for_its_text(c, browse):
    """Given back, the outcome is unsigned; a leader who left is replaced while his signature is waited for."""
    h, one = make.house(c), make.outcome(c, make.held(c))
    perform(OutcomeAct.SUBMIT, one, c.staff, {})
    perform(OutcomeAct.SIGN, one, h.chair, {})
    perform(OutcomeAct.RETURN, one, h.chair, {"reason": "数字有误"})
    row = Outcome.objects.get(pk=one.pk)
    assert (row.signed_by, row.signed_on, "日 签发" in page_of(browse, c.staff, row)) == ("", None, False)
    perform(OutcomeAct.SUBMIT, one, c.staff, {})
    other = people.holder(people.organization("leadership", "县政府"), "leader", "林志远")
    named = {"leader": other.person_id, "units": [c.unit.pk], "reason": "原牵头领导调离"}
    perform(TopicAct.NAME_UNITS, one.topic, c.staff, named)
    assert [item.what for item in todo_for(other)] == ["审签协商成果"]
    perform(OutcomeAct.SIGN, one, other, {})
    assert Outcome.objects.get(pk=one.pk).signed_by == "林志远"


def test_nothing_is_left_behind_a_closed_or_cancelled_topic(c):
    h, item = make.house(c), make.answered(c, answer="declined")
    topic = Topic.objects.get(pk=item.topic_id)
    whats = [row.what for row in todo_for(c.staff)]
    assert whats == ["向参加人员反馈", "印发会议纪要"]
    perform(TopicAct.FEED_BACK, topic, c.staff, {"feedback": "已经说明。"})
    assert [row.what for row in todo_for(c.staff)] == ["办结协商议题", "印发会议纪要"]
    perform(TopicAct.CLOSE, topic, c.staff, {})
    assert refusal(ItemAct.ASK_AGAIN, item, c.staff, {"reason": "再办"}) == "topic_closed"
    assert todo_for(c.staff) == []
    waiting = make.outcome(c, make.preparing(c, title="另一个"))
    perform(OutcomeAct.SUBMIT, waiting, c.staff, {})
    assert refusal(TopicAct.CANCEL, waiting.topic, h.office, {"reason": "不办了"}) == "open_outcomes"
    perform(OutcomeAct.RETURN, waiting, h.chair, {"reason": "议题取消"})
    perform(OutcomeAct.REMOVE_ITEM, waiting, c.staff, {"item": waiting.items.get().pk})
    perform(OutcomeAct.DROP, waiting, c.staff, {"reason": "议题取消"})
    perform(TopicAct.CANCEL, waiting.topic, h.office, {"reason": "不办了"})


def test_the_figure_of_topics_equals_its_list(c, browse):
    h, one = make.house(c), make.issued(c)
    beside = make.topic(c, None, "对口协商", title="计划外的")
    perform(TopicAct.CANCEL, beside, h.office, {"reason": "不办了"})
    Plan._base_manager.filter(pk=one.plan_id).update(state="approved")  # a plan of the year that is not yet issued
    office = browse(h.office)
    page = office.get("/consultations/figures/")
    card = page.context["cards"][0]
    rows = office.get(card["href"]).context["page"].paginator.count
    assert (card["value"], rows) == (1, 1)


def test_two_empty_pages_do_not_overwrite_each_other(c, browse):
    one = make.asking(c)
    address, me = f"/consultations/topics/{one.pk}/opinion/", browse(c.author)
    assert me.post(address, {"text": "手机上写的", "version": "", "save": "1"}).status_code == 302
    clash = me.post(address, {"text": "电脑上写的", "version": "", "save": "1"})
    page = clash.content.decode()
    assert (clash.status_code, "手机上写的" in page, "电脑上写的" in page) == (409, True, True)
    assert Opinion.objects.get().text == "手机上写的"


def test_a_topic_of_the_whole_year_is_to_be_started(c):
    one = make.issued(c, month=None)
    assert [(row.what, row.object_id) for row in todo_for(c.staff)] == [("启动协商议题", one.pk)]


def test_a_refused_or_removed_file_loses_nothing_else(c, browse):
    """Without JavaScript: nothing is done without the file that was refused, and the people stay ticked."""
    one, me = make.preparing(c), browse(c.staff)
    address, scan = f"/consultations/topics/{one.pk}/acts/add_survey/", sealed(c.staff)
    team, day = [c.author.person_id, c.cosigner.person_id], today().isoformat()
    typed = {"first_day": day, "last_day": day, "places": "出山镇", "team": team, "findings": "写了很久的调研情况"}
    answer = me.post(address, typed | {"file": str(scan.pk), "file_files": SimpleUploadedFile("病毒.exe", b"MZ")})
    page = answer.content.decode()
    assert (answer.status_code, one.surveys.count(), "写了很久的调研情况" in page, str(scan.pk) in page) == (
        400,
        0,
        True,
        True,
    )
    again = me.post(address, typed | {"file": str(scan.pk), "remove_file": "1"})
    parts = {part["field"].name: part for part in again.context["parts"]}
    ticked = {choice.pk for _label, rows in parts["team"]["groups"] for choice in rows if choice.is_chosen}
    assert (ticked, parts["file"]["upload"]["files"], again.status_code) == (set(team), [], 200)
    assert "写了很久的调研情况" in again.content.decode()


def test_the_steps_of_a_plan_follow_one_another(c):
    h, plan = make.house(c), make.plan(c)
    make.topic(c, plan)
    day = today() - timedelta(days=5)
    step = {"on": day.isoformat(), "document_number": "一号", "note": "无不同意见"}
    early = step | {"on": (day - timedelta(days=1)).isoformat()}
    perform(PlanAct.CONSULT, plan, h.office, step)
    assert fields(PlanAct.RECORD_VIEW, plan, h.office, early | {"of": "party"}) == ["on"]
    late = step | {"on": today().isoformat()}
    perform(PlanAct.RECORD_VIEW, plan, h.office, late | {"of": "party"})
    perform(PlanAct.RECORD_VIEW, plan, h.office, step | {"of": "government"})  # came earlier, entered later
    perform(PlanAct.SUBMIT, plan, h.office, late)
    assert fields(PlanAct.PASS_CHAIRMEN, plan, h.office, step) == ["on"]


def test_the_office_is_told_what_waits_to_be_studied(c):
    h, plan = make.house(c), make.plan(c)
    assert todo_for(h.office) == []
    for title in ("一", "二"):
        make.idea(c, plan, title=title)
    row = todo_for(h.office)[0]
    assert (row.what, row.url) == ("研究征集的议题（2 条）", f"/consultations/ideas/?state=waiting&year={plan.year}")
    assert todo_for(c.staff) == []


def test_what_a_leader_wrote_is_in_no_record(c, monkeypatch):
    """Also not where it was registered while the log still took it: voided, nobody else is to read it."""
    one = make.sent(c)
    monkeypatch.setattr(InstructForm, "shown", ActForm.shown)
    given = {"leader_name": "石市长", "level": "city", "text": "批示的原话", "on": today().isoformat()}
    event = perform(OutcomeAct.INSTRUCT, one, c.staff, given)
    assert ["批示内容", "批示的原话"] in event.data["shown"]
    shown = timeline.events(fresh(one.topic, c.staff), ("outcome", one.pk))[0]["body"]
    assert ("石市长" in shown, "批示的原话" in shown) == (True, False)


def test_a_draft_is_saved_in_the_order_in_which_acts_lock(c):
    """The save changes topic and outcome; locked the other way round it and an act would wait for each other."""
    one = make.outcome(c, make.held(c))
    with CaptureQueriesContext(connection) as asked:
        drafting.save_outcome(one, c.staff, one.title, "现将情况报告如下。")
    locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    assert len(locks) == 1 and locks[0].index("consultations_topic") > 0
    assert locks[0].rpartition("FOR UPDATE OF ")[2].split(", ")[-1] == '"consultations_outcome"'


def test_the_lists_of_the_admin_name_nobody_who_was_promised_it(c, browse):
    named, hidden = make.asking(c), make.asking(c, anonymous=True)
    make.opinion(named, c.author)
    make.opinion(hidden, c.cosigner)
    drafting.save_opinion(fresh(hidden, c.invitee), c.invitee, "草稿不给人看")
    page = browse(c.staff).get(reverse("admin:consultations_opinion_changelist")).content.decode()
    assert [str(user.person) in page for user in (c.author, c.cosigner, c.invitee)] == [True, False, False]
    assert "一位委员" in page
    found = browse(c.staff).get(reverse("admin:consultations_opinion_changelist"), {"q": str(c.cosigner.person)})
    assert found.context["cl"].result_count == 0


def test_ticked_rows_leave_as_a_sheet(c, browse):
    """From each list of cases; of the outcomes those that were sent."""
    item = make.answered(c)
    make.idea(c, make.plan(c, today().year + 1))
    make.outcome(c, make.held(c))
    client = browse(c.staff)
    for model, key, count in (
        ("plan", "plans", 2), ("idea", "ideas", 1), ("topic", "topics", 2), ("outcome", "outcomes", 1), ("recommendation", "recommendations", 1),
    ):  # fmt: skip
        rows = apps.get_model("consultations", model).objects.order_by("pk").values_list("pk", flat=True)
        asked = client.post(
            reverse(f"admin:consultations_{model}_changelist"),
            {"action": "export", "_selected_action": [str(pk) for pk in rows]},
        )
        assert asked.url.startswith(f"/exports/of/{key}/?pk=")
        listed = lists.named(key).rows(c.staff, QueryDict(asked.url.partition("?")[2]))
        assert (model, listed.rows.count()) == (model, count)
    only = lists.named("topics").rows(c.staff, QueryDict(f"pk={item.topic_id}"))
    assert ([row.pk for row in only.rows], only.words) == ([item.topic_id], "勾选的 1 项")
