"""The way of a report from the first word to what became of it, and the refusals on that way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deadlines import book as books
from members import directory, succession
from members.periods import today
from notices.recipients import notices_for
from opinions import invariants, sight
from opinions.acts import Act, TransferAct
from opinions.history import timeline
from opinions.kinds import Level, Mode, Reporter, Urgency
from opinions.models import Adoption, Issue, OpinionReport, Transfer
from opinions.recomputing import recompute_open
from opinions.states import State, TransferState
from opinions.todo import todo_for
from tests.factories import opinions as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused
from workflow.models import Event
from workflow.querysets import read_case

pytestmark = pytest.mark.django_db


def as_seen(one, user) -> OpinionReport | None:
    return read_case(OpinionReport, one.pk, user)


def steps(one, user) -> list[dict]:
    seen = as_seen(one, user)
    return timeline(seen, sight.parts_of(seen, user))


def told(act: str) -> dict[int, str]:
    """Whom the last event of this act reaches: user → the first line of what is said."""
    event = Event.objects.filter(act=act).order_by("-pk").first()
    return {notice.user_id: notice.body.splitlines()[0] for notice in notices_for(event)}


def test_from_draft_to_three_levels_and_a_later_instruction(c, o):
    one = make.draft(c, on_behalf=True, citizen_name="王大娘", citizen_contact="柏城街道")
    assert as_seen(one, o.editor) is None  # a draft is its author's
    perform(Act.SUBMIT, one, c.author)
    one = make.fresh(one)
    assert (one.receipt_number, one.state) == (f"SQ{today().year}-0001", State.SUBMITTED)
    assert told(Act.SUBMIT) == {o.editor.pk: told(Act.SUBMIT)[o.editor.pk]}
    perform(Act.TAKE_UP, one, o.editor)
    perform(Act.EDIT, one, o.editor, make.edited(make.fresh(one), title="农村饮水管网老化亟待改造"))
    with pytest.raises(NotAllowed):  # the author does not edit
        perform(Act.EDIT, one, c.author, {})
    perform(Act.SEND_FOR_REVIEW, one, o.editor)
    perform(Act.REVIEW, one, o.reviewer, {})
    perform(Act.SIGN, one, o.signer, {})
    perform(Act.ISSUE, one, o.editor, make.ISSUE)
    one = make.fresh(one)
    assert (one.title, one.edited_title) == (make.TEXT["title"], "农村饮水管网老化亟待改造")
    assert (str(one.issue), one.issue.signer, one.due_on) == (f"{today().year}年第1期", "鲁副主席", None)
    for level in (Level.CITY, Level.PROVINCE, Level.NATIONAL):
        perform(Act.FORWARD, one, o.editor, make.outcome(level=level, body="上级政协"))
        perform(Act.ADOPT, one, o.reviewer, make.outcome(level=level, mode=Mode.SINGLE, body="上级政协"))
    before = today() - timedelta(days=31)  # the 批示 comes a month after the issue
    OpinionReport._base_manager.filter(pk=one.pk).update(submitted_at=timezone.now() - timedelta(days=31))
    Issue.objects.update(issued_on=before)
    one.adoptions.update(on=before)
    one = make.fresh(one)
    perform(Act.INSTRUCT, one, o.editor, make.outcome(level="county", leader="县长", text="请水利局研究。"))
    assert (one.instructions.get().on - one.issue.issued_on).days == 31
    assert list(one.adoptions.values_list("level", "mode")) == [
        ("county", "single"), ("city", "single"), ("province", "single"), ("national", "single"),
    ]  # fmt: skip
    assert told(Act.INSTRUCT).keys() == {c.author.pk}
    assert list(invariants.findings()) == []
    seen = [entry["label"] for entry in steps(one, c.author)]
    assert seen == [
        "登记批示", *["登记采用", "登记上报"] * 3, "编发", "签发", "审核通过", "送审核", "开始编辑", "提交", "起草",
    ]  # fmt: skip
    inside = [entry["label"] for entry in steps(one, o.editor)]
    assert set(inside) - set(seen) == {"修改编辑稿"}


def test_a_wrong_outcome_is_voided_and_dates_are_checked(c, o):
    one = make.issued(c)
    with pytest.raises(Invalid) as early:
        perform(Act.ADOPT, one, o.editor, make.outcome(mode="single", body="市政协", on="2020-01-01"))
    with pytest.raises(Invalid) as late:
        later = (today() + timedelta(days=2)).isoformat()
        perform(Act.ADOPT, one, o.editor, make.outcome(mode="single", body="市政协", on=later))
    assert [list(e.value.errors) for e in (early, late)] == [["on"], ["on"]]
    with pytest.raises(Refused) as nothing:  # the county's own adoption is not an entry of somebody's
        perform(Act.VOID, one, o.editor, {})
    assert nothing.value.code == "nothing_to_void"
    perform(Act.ADOPT, one, o.editor, make.outcome(mode="single", body="市政协"))
    row = one.adoptions.get(level="city")
    perform(Act.VOID, one, o.editor, {"outcome": f"adoptions-{row.pk}", "reason": "登记有误"})
    assert list(one.adoptions.valid().values_list("level", flat=True)) == ["county"]
    with pytest.raises(Invalid):
        perform(Act.VOID, one, o.editor, {"outcome": "adoptions-999", "reason": "x"}) if _again(one, o) else None


def _again(one, o) -> bool:
    perform(Act.INSTRUCT, one, o.editor, make.outcome(leader="市长", text="阅。"))
    return True


def test_three_people_edit_review_and_sign(c, o):
    body = o.editor.person.appointments.get().organization
    people.appoint(o.editor, body, "head")
    people.appoint(o.reviewer, body, "leader")
    one = make.reviewing(c)
    with pytest.raises(NotAllowed) as own:
        perform(Act.REVIEW, one, o.editor, {})
    perform(Act.REVIEW, one, o.reviewer, {})
    with pytest.raises(NotAllowed) as also:
        perform(Act.SIGN, one, o.reviewer, {})
    assert (own.value.code, also.value.code) == ("same_person", "same_person")
    second = people.holder(body, "staff", "岳编辑")  # whoever edited first does not review what another edited last
    theirs = make.editing(c)
    perform(Act.EDIT, theirs, second, make.edited(theirs))
    perform(Act.SEND_FOR_REVIEW, theirs, second)
    with pytest.raises(NotAllowed):
        perform(Act.REVIEW, theirs, o.editor, {})
    perform(Act.SIGN_BACK, one, o.signer, {"reason": "数据请再核实"})
    assert (make.fresh(one).state, make.fresh(one).reviewed_by) == (State.EDITING, None)


def test_what_keeps_a_report_from_going_on(c, o):
    one = make.draft(c, title="", no_secrets=False, situation="字" * 1600, on_behalf=True)
    with pytest.raises(Refused) as gaps:
        perform(Act.SUBMIT, one, c.author)
    assert gaps.value.code == "incomplete"
    assert [words in str(gaps.value) for words in ("标题", "1500", "群众姓名", "国家秘密")] == [True] * 4
    long = make.editing(c)
    with pytest.raises(Invalid) as refused:
        perform(Act.EDIT, long, o.editor, make.edited(long, situation="字" * 1501))
    assert list(refused.value.errors) == ["edited_situation"]


def test_urgency_gives_the_target(c, o):
    pressing, urgent, normal = (
        make.submitted(c, urgency=kind) for kind in (Urgency.PRESSING, Urgency.URGENT, Urgency.NORMAL)
    )
    assert pressing.target_at == pressing.submitted_at + timedelta(hours=24)
    assert pressing.due_on == timezone.localdate(pressing.target_at)
    assert pressing.due_on <= urgent.due_on < normal.due_on
    event = Event.objects.filter(act=Act.SUBMIT, object_id=pressing.pk).get()
    assert [notice.urgent for notice in notices_for(event)] == [True]
    perform(Act.KEEP, normal, o.editor, {"reason": "情况已经解决"})
    assert make.fresh(normal).due_on is None


def test_several_united_in_one_issue_credit_everybody(c, o):
    main, other = make.editing(c), make.submitted(c, c.cosigner, title="关于饮水管网漏水的反映")
    with pytest.raises(Invalid):
        perform(Act.JOIN, other, o.editor, {"into": other.pk})
    perform(Act.JOIN, other, o.editor, {"into": main.pk})
    assert make.fresh(other).state == State.COMBINED
    with pytest.raises(Refused) as held:
        perform(Act.KEEP, main, o.editor, {"reason": "x"})
    assert held.value.code == "has_followers"
    perform(Act.SEPARATE, make.fresh(other), o.editor)
    perform(Act.JOIN, make.fresh(other), o.editor, {"into": main.pk})
    perform(Act.EDIT, main, o.editor, make.edited(make.fresh(main), situation="两地均有反映。" * 220))
    perform(Act.SEND_FOR_REVIEW, main, o.editor)
    with pytest.raises(Refused):  # the text is on its way
        perform(Act.SEPARATE, make.fresh(other), o.editor)
    perform(Act.REVIEW, main, o.reviewer, {})
    perform(Act.SIGN, main, o.signer, {})
    perform(Act.ISSUE, main, o.editor, make.ISSUE)
    issue = Issue.objects.get()
    assert list(issue.reports.order_by("pk").values_list("pk", "state")) == [(main.pk, "issued"), (other.pk, "issued")]
    assert set(Adoption.objects.values_list("report", "mode")) == {(main.pk, "combined"), (other.pk, "combined")}
    assert told(Act.ISSUE_WITH).keys() == {c.cosigner.pk}
    assert list(invariants.findings()) == []
    second = make.issued(c)
    assert second.issue.number == 2
    perform(
        Act.MOVE_OFFLINE, make.fresh(main), o.editor, {"reason": "涉密"}
    )  # also when others stand in the same issue
    assert list(invariants.findings()) == []


def test_a_refused_issue_gives_its_number_back(c, o, monkeypatch):
    one = make.signed(c)
    monkeypatch.setattr("opinions.effects.issuing._adopted", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        perform(Act.ISSUE, one, o.editor, make.ISSUE)
    monkeypatch.undo()
    perform(Act.ISSUE, one, o.editor, make.ISSUE)
    assert make.fresh(one).issue.number == 1
    with pytest.raises(Invalid):
        perform(Act.ISSUE, make.signed(c), o.editor, {"main_to": ""})
    assert make.issued(c).issue.number == 2


def test_the_first_issue_of_a_year_goes_on_from_what_was_printed(c, o, browse):
    one, other = make.signed(c), make.signed(c)
    pages = [browse(user).get(f"/opinions/{one.pk}/acts/issue/").content.decode() for user in (o.editor, o.reviewer)]
    assert ["请让机关负责人编发这一期" in page for page in pages] == [True, False]
    offered = ["今年已印到第几期" in page for page in pages]
    perform(Act.ISSUE, one, o.reviewer, {**make.ISSUE, "printed": "5"})
    with pytest.raises(Refused) as used:
        perform(Act.ISSUE, other, o.reviewer, {**make.ISSUE, "printed": "9"})
    page = browse(o.reviewer).get(f"/opinions/{other.pk}/acts/issue/").content.decode()
    assert (offered, used.value.code, "今年已印到第几期" in page) == ([False, True], "series_used", False)
    perform(Act.ISSUE, other, o.editor, {**make.ISSUE, "printed": "9"})  # not the editor's to set
    assert list(Issue.objects.order_by("pk").values_list("number", flat=True)) == [6, 7]
    assert list(invariants.findings()) == []


def test_a_unit_signs_answers_and_the_author_hears(c, o):
    part = make.handed_over(c, unit=c.unit)
    one = make.fresh(part.report)
    assert (one.state, one.due_on) == (State.TRANSFERRED, None)
    assert told(Act.HAND_OVER).keys() == {c.operator.pk, c.leader.pk, c.author.pk}
    assert as_seen(one, c.third_operator) is None
    with pytest.raises(NotFound):
        perform(TransferAct.SIGN_FOR, part, c.third_operator)
    perform(TransferAct.SEND_BACK, part, c.operator, {"reason": "不属本单位职责"})
    perform(TransferAct.CHECK_BACK, part, o.editor, {"reason": "职责清单第三条"})
    perform(TransferAct.REPLY, part, c.operator, make.REPLY)
    perform(TransferAct.CHECK_BACK, part, o.reviewer, {"reason": "请写明完成时间"})
    perform(TransferAct.REPLY, part, c.leader, make.REPLY)
    unheard = [entry["label"] for entry in steps(one, c.author)]
    assert [words for words in unheard if "报送" in words] == []
    perform(TransferAct.CHECK, part, o.editor)
    part.refresh_from_db()
    assert (part.state, part.verdict) == (TransferState.FED_BACK, "adopted")
    assert told(TransferAct.CHECK).keys() == {c.author.pk, c.operator.pk, c.leader.pk}
    with pytest.raises(Refused) as open_part:
        make.handed_over(c, make.fresh(one), c.other_unit)
        perform(Act.RESUME, make.fresh(one), o.editor)
    assert open_part.value.code == "open_transfers"
    mine = one.transfers.get(unit=c.other_unit)
    perform(TransferAct.RECALL, mine, o.editor, {"reason": "改由别处办理"})
    assert as_seen(one, c.other_operator) is None
    perform(Act.RESUME, make.fresh(one), o.editor)


def test_a_late_unit_is_urged_and_a_date_is_moved_with_a_reason(c, o, browse):
    part, book = make.handed_over(c), books.load()
    editor, unit, author = browse(o.editor), browse(c.operator), browse(c.author)
    page = part.report.get_absolute_url()
    with pytest.raises(Refused):  # nobody moves the date of what is not signed for
        perform(TransferAct.POSTPONE, part, c.operator, make.later())
    Transfer.objects.filter(pk=part.pk).update(sign_due_on=today() - timedelta(days=1))
    assert [(i.what, i.act, i.waiting) for i in todo_for(o.editor, book)] == [
        ("催办：单位逾期没有签收", "urge", "县教育局")
    ]
    urging = editor.post(f"/opinions/transfers/{part.pk}/acts/urge/", {"reason": "请尽快签收"}, follow=True)
    assert ("已催办" in urging.content.decode(), [i.what for i in todo_for(o.editor, book)]) == (True, [])
    event = Event.objects.filter(act=TransferAct.URGE).get()
    assert {n.user_id: n.body for n in notices_for(event)} == dict.fromkeys(
        (c.operator.pk, c.leader.pk), "县政协催办转给你单位的社情民意，请尽快签收（已过期限）。\n说明：请尽快签收"
    )
    assert ("今天已经催办过" in editor.get(page).content.decode(), "请尽快签收" in author.get(page).content.decode()) == (
        True, False,
    )  # fmt: skip
    with pytest.raises(Refused) as again:
        perform(TransferAct.URGE, part, o.reviewer, {})
    perform(TransferAct.SIGN_FOR, part, c.operator)
    first = Transfer.objects.get(pk=part.pk).due_on
    early = make.later((first - today()).days)
    for wrong in (early, make.later(91)):
        with pytest.raises(Invalid):
            perform(TransferAct.POSTPONE, part, c.operator, wrong)
    unit.post(f"/opinions/transfers/{part.pk}/acts/postpone/", make.later())
    with pytest.raises(Refused) as once:
        perform(TransferAct.POSTPONE, part, c.leader, make.later(70))
    perform(TransferAct.POSTPONE, part, o.editor, make.later(80))
    assert (again.value.code, once.value.code) == ("urged_today", "extended_already")
    recompute_open()
    part = Transfer.objects.get(pk=part.pk)
    assert (part.extended_from, part.due_on) == (first, today() + timedelta(days=80))
    heard = {n.user_id: "现场情况复杂" in n.body for n in notices_for(Event.objects.filter(act="postpone").last())}
    assert heard == {o.reviewer.pk: True, c.operator.pk: True, c.leader.pk: True, c.author.pk: False}
    shown, kept = author.get(page).content.decode(), unit.get(page).content.decode()
    assert [words in shown for words in ("延期（县教育局）", "已延期", "现场情况复杂")] == [True, True, False]
    assert "现场情况复杂" in kept
    Transfer.objects.filter(pk=part.pk).update(due_on=today() - timedelta(days=1), extended_from=None)
    Transfer.objects.filter(pk=part.pk).update(urged_on=today() - timedelta(days=3))
    assert [i.what for i in todo_for(o.editor, book)] == ["催办：单位逾期没有答复"]
    assert [i.what for i in todo_for(c.operator, book)] == ["报送社情民意办理情况"]


def test_going_offline_leaves_a_stub(c, o):
    one = make.issued(c, on_behalf=True, citizen_name="王大娘", citizen_contact="柏城")
    part = make.handed_over(c, one)
    perform(TransferAct.SIGN_FOR, part, c.operator)
    perform(TransferAct.REPLY, part, c.operator, make.REPLY)
    perform(Act.INSTRUCT, one, o.editor, make.outcome(leader="县长", text="涉密的话"))
    perform(Act.MOVE_OFFLINE, one, o.editor, {"reason": "含工作秘密"})
    one, part = make.fresh(one), one.transfers.get()
    assert {getattr(one, name) for name in invariants.TEXTS} == {""}
    assert (part.reply, part.note, one.instructions.get().text) == ("", "", "（已转线下办理，内容已清除）")
    assert (one.receipt_number, one.offline_by, str(one)) == (f"SQ{today().year}-0001", "乔编辑", "（已转线下办理）")
    assert as_seen(one, c.operator) is None
    words = str(steps(one, c.author))
    assert [w for w in ("涉密的话", "饮水") if w in words] == []
    assert list(invariants.findings()) == []
    mine = make.draft(c)
    perform(Act.MOVE_OFFLINE, mine, c.author, {"reason": "写了内部数据"})
    assert make.fresh(mine).situation == ""


def test_who_reports_as_what(c, o):
    member, informant = make.submitted(c), make.submitted(c, o.informant)
    body = make.submitted(c, c.contact, c.party)
    assert [one.reporter for one in (member, informant, body)] == [
        Reporter.MEMBER,
        Reporter.INFORMANT,
        Reporter.ORGANIZATION,
    ]
    assert [one.reporter_name for one in (member, informant, body)] == ["周明远", "邢信息", "民盟西平支部"]
    with pytest.raises(NotAllowed):
        make.draft(c, c.operator)
    with pytest.raises(NotAllowed):
        make.draft(c, c.author, c.party)
    assert as_seen(body, c.contact) is not None
    assert [directory.may_use(user) for user in (o.informant, o.editor)] == [False, True]  # invited, not of the house
    assert as_seen(body, c.author) is None


def test_the_author_may_take_it_back_until_it_is_edited(c, o):
    one = make.submitted(c)
    perform(Act.WITHDRAW, one, c.author)
    assert make.fresh(one).state == State.WITHDRAWN
    other = make.editing(c)
    assert [option.act for option in available(as_seen(other, c.author), c.author)] == []
    returned = make.submitted(c)
    perform(Act.RETURN, returned, o.editor, {"reason": "请写明地点"})
    perform(Act.SUBMIT, make.fresh(returned), c.author)
    assert make.fresh(returned).receipt_number == returned.receipt_number


def test_a_merged_unit_leaves_its_part_to_the_one_in_its_place(c, o):
    part = make.handed_over(c, unit=c.third_unit)
    assert ("没有办完的社情民意", 1) in succession.open_matters(c.third_unit)
    prepared = succession.prepare(c.third_unit, c.other_unit, today(), "西编〔2026〕1号", c.administrator)
    succession.succeed(prepared, set())
    c.other_operator.__dict__.pop("_posts", None)
    perform(TransferAct.SIGN_FOR, part, c.other_operator)
    lines = {entry["label"]: entry["body"] for entry in steps(part.report, c.author)}
    assert lines["单位撤并，由接续的单位办"] == "原单位：县水利局\n接续单位：县财政局\n文号：西编〔2026〕1号"
