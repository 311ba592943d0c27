"""督: a 重点提案 from candidate to the yearly paper, supervision with demands, 批示, voiding; and who may see what."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from notices.models import Message
from proposals.acts import AssignmentAct as A
from proposals.acts import ProposalAct as P
from proposals.history import timeline
from proposals.models import Demand, KeyProposal, Proposal, Supervision
from proposals.todo import todo_for
from tests.browser.stages import deliver_everything
from tests.documents.changed import OWN_LINE, change
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db
FINDINGS, INSTRUCTION, PRIVATE = "督办发现进度偏慢甲", "请主要负责同志过问乙", "不便告知提案人的批示丙"
ASKED, OTHER_ASKED, REPORT = "增设减速带丁", "落实经费戊", "已经增设己"


@pytest.fixture
def leaders(c):
    government = people.organization("leadership", "县政府")
    leader = people.user("林志远")
    people.appoint(leader, government, "leader", title="县长")
    return {
        "leader": leader, "supervisor": people.member("沈国华", seat_kind="vice_chair"),
        "other_leader": people.holder(government, "leader", "顾长河"),
    }  # fmt: skip


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def put_up(c, proposal):
    perform(P.NOMINATE_KEY, proposal, c.staff, {"reason": "群众关注"})
    asked = {"asked": "民盟西平支部", "on": in_days(0), "supports": "yes", "opinion": ""}
    perform(P.CONSULT_KEY, proposal, c.staff, asked)


def decide(c, leaders, proposal) -> KeyProposal:
    put_up(c, proposal)
    perform(P.DECIDE_KEY, proposal, c.head, {"on": in_days(0), "document": make.scan(c.head, "纪要.png").pk})
    names = {"leader": leaders["leader"].person_id, "supervisor": leaders["supervisor"].person_id, "plan": "六月视察"}
    perform(P.NAME_LEADERS, proposal, c.staff, names)
    return KeyProposal.objects.get(proposal=proposal, status="decided")


def supervise(proposal, actor, *rows, **more) -> Supervision:
    data = {"form": "inspection", "on": in_days(0), "participants": "三方人员", "findings": FINDINGS, **more}
    for n, (share, text, days) in enumerate(rows, start=1):
        data |= {f"unit_{n}": share.pk, f"demand_{n}": text, f"due_{n}": in_days(days)}
    perform(P.SUPERVISE, proposal, actor, data)
    return Supervision.objects.latest("pk")


def pages(user, path: str):
    client = Client()
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    return answer, len(seen)


def todo(user) -> list[str]:
    return [item.what for item in todo_for(user)]


def refusal(act, case, actor, data=None) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, data or {})
    return refused.value.code


def test_from_candidate_to_the_yearly_paper(c, leaders, monkeypatch):
    proposal = make.assigned(c, division="separate")
    mine, other = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    assert refusal(P.DECIDE_KEY, proposal, c.head) == "no_candidate"
    entry = decide(c, leaders, proposal)
    assert refusal(P.NOMINATE_KEY, proposal, c.staff, {"reason": "再列一次"}) == "key_open"
    assert (entry.leader_name, entry.supervisor_name) == ("县长林志远", "县政协副主席沈国华")
    assert entry.consultations.get().asked == "民盟西平支部"

    photo = make.scan(c.staff, "现场.png").pk
    supervise(proposal, c.staff, (mine, ASKED, 3), (other, OTHER_ASKED, 0), next_check_on=in_days(20), photo_1=photo)
    assert "反馈督办要求落实情况" in todo(c.operator)
    perform(A.ANSWER_DEMAND, mine, c.operator, {"demand": mine.demands.get().pk, "answer": REPORT})
    assert "反馈督办要求落实情况" not in todo(c.operator)
    assert refusal(A.ANSWER_DEMAND, mine, c.operator) == "no_demand"

    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert list(Demand.objects.overdue(timezone.localdate())) == [other.demands.get()]
    late = [item for item in todo_for(c.other_operator) if item.act == A.ANSWER_DEMAND]
    assert [(item.colour, item.due_on) for item in late] == [("red", timezone.localdate() - timedelta(days=2))]
    perform(A.ANSWER_DEMAND, other, c.other_operator, {"demand": other.demands.get().pk, "answer": "已落实。"})

    perform(P.INSTRUCT, proposal, leaders["leader"], {"text": INSTRUCTION})
    record = Supervision.objects.instructions().get()
    assert (record.leader_name, record.recorded_by, record.demands.count()) == ("县长林志远", leaders["leader"], 2)
    assert "反馈批示落实情况" in todo(c.operator)
    perform(P.SUMMARISE_KEY, proposal, c.staff, {"summary": "全年督办一次，两项要求均已落实。"})

    answer, _queries = pages(c.staff, f"/proposals/key/summary/?year={entry.year}")
    paper = Document(io.BytesIO(answer.content))
    words = "\n".join(line.text for line in paper.paragraphs)
    assert f"{entry.year}年重点提案督办情况" in words
    assert "全年督办一次，两项要求均已落实。" in words
    assert FINDINGS in words and INSTRUCTION not in words
    cells = [cell.text for cell in paper.tables[0].rows[1].cells]
    assert cells[2:] == ["县长林志远", "县政协副主席沈国华", "县财政局、县教育局", "1", "2/2", "—", "—"]
    assert pages(c.dispatch, "/proposals/key/summary/")[0].status_code == 403
    change("key_summary", c.head)
    answer, _queries = pages(c.staff, f"/proposals/key/summary/?year={entry.year}")
    assert [line.text for line in Document(io.BytesIO(answer.content)).paragraphs][-1] == OWN_LINE


def test_an_unfinished_one_is_put_up_again_the_next_year(c, leaders, monkeypatch):
    proposal = make.assigned(c)
    decide(c, leaders, proposal)
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: later)
    put_up(c, proposal)
    perform(P.DECLINE_KEY, proposal, c.head, {"on": in_days(0), "reason": "已接近办成"})
    assert list(KeyProposal.objects.order_by("year").values_list("status", "carried_over")) == [
        ("decided", False), ("declined", True),
    ]  # fmt: skip
    perform(P.REVOKE_KEY, proposal, c.head, {"reason": "按一般提案办理"})
    assert not Proposal.objects.visible_to(leaders["leader"]).exists()


def words_seen(user, proposal) -> list[str]:
    """Which of the secrets stand on the case page, [] when it cannot be opened."""
    answer, _queries = pages(user, f"/proposals/{proposal.pk}/")
    text = answer.content.decode()
    names = {
        "findings": FINDINGS, "told": INSTRUCTION, "private": PRIVATE, "asked": ASKED, "other asked": OTHER_ASKED,
        "report": REPORT, "key": "重点提案", "reason": "群众关注",
    }  # fmt: skip
    return [name for name, secret in names.items() if secret in text] if answer.status_code == 200 else []


def test_who_sees_which_record(c, leaders):
    party = people.organization("unit", "县委宣传部", system="party")
    office = people.holder(people.organization("dispatch", "县委督查室", system="party"), "staff", "薛东")
    proposal = make.filed(c)
    perform(P.ASSIGN, proposal, c.staff, {"division": "separate", "others": [c.unit.pk, party.pk]})
    theirs = people.holder(party, "operator", "叶青")
    mine, other = make.share(proposal, c.unit), make.share(proposal, party)
    put_up(c, proposal)
    assert words_seen(c.author, proposal) == [] and words_seen(c.dispatch, proposal) == ["key", "reason"]
    perform(P.DECIDE_KEY, proposal, c.head, {"on": in_days(0), "document_number": "3号"})
    names = {"leader": leaders["leader"].person_id, "supervisor": leaders["supervisor"].person_id}
    perform(P.NAME_LEADERS, proposal, c.staff, names)
    supervise(proposal, c.dispatch, (mine, ASKED, 3), (other, OTHER_ASKED, 3))
    perform(A.ANSWER_DEMAND, mine, c.operator, {"demand": mine.demands.get().pk, "answer": REPORT})
    perform(P.INSTRUCT, proposal, leaders["leader"], {"text": INSTRUCTION, "tells_proposer": "true"})
    private = {"text": PRIVATE, "units": [mine.pk], "leader": leaders["supervisor"].person_id, "on": in_days(0)}
    perform(P.INSTRUCT, proposal, c.staff, private)

    everything = ["findings", "told", "private", "asked", "other asked", "report", "key"]
    assert words_seen(c.staff, proposal) == [*everything, "reason"]
    assert words_seen(c.dispatch, proposal) == [*everything, "reason"]
    assert words_seen(leaders["leader"], proposal) == everything
    assert words_seen(leaders["supervisor"], proposal) == everything
    assert words_seen(leaders["other_leader"], proposal) == ["findings", "asked", "other asked", "report", "key"]
    assert words_seen(c.author, proposal) == ["findings", "told", "asked", "other asked", "report", "key"]
    assert words_seen(c.operator, proposal) == ["findings", "told", "private", "asked", "report", "key"]
    assert words_seen(theirs, proposal) == ["findings", "told", "other asked", "key"]
    assert words_seen(office, proposal) == ["findings", "told", "private", "other asked", "key", "reason"]
    assert words_seen(c.other_member, proposal) == []
    Proposal.objects.filter(pk=proposal.pk).update(published_at=timezone.now())
    assert words_seen(c.other_member, proposal) == []
    assert FINDINGS not in Client().get(f"/public/{proposal.pk}/").content.decode()

    deliver_everything()
    told = Message.objects.filter(subject__contains="批示").values_list("recipient__person__name", flat=True)
    assert {"周明远", "吴小兰", "叶青"} <= set(told)
    assert told.filter(recipient=c.author).count() == 1
    assert not Message.objects.filter(body__contains=PRIVATE).exists()


def test_a_record_is_only_voided_and_by_whom_it_belongs_to(c, leaders):
    mine = make.signed(c)
    proposal = mine.proposal
    decide(c, leaders, proposal)
    record = supervise(proposal, c.dispatch, (mine, ASKED, 3))
    wrong = {"record": record.pk, "reason": "登记有误"}
    assert refusal(P.VOID_SUPERVISION, proposal, c.staff, wrong) == "no_record"
    own = supervise(proposal, c.staff)
    with pytest.raises(Invalid):
        perform(P.VOID_SUPERVISION, proposal, c.staff, wrong)
    perform(P.VOID_SUPERVISION, proposal, c.staff, {"record": own.pk, "reason": "登记有误"})
    with pytest.raises(NotAllowed):
        perform(P.VOID_SUPERVISION, proposal, c.operator, wrong)
    perform(P.VOID_SUPERVISION, proposal, c.head, wrong)
    assert not Demand.objects.open().exists() and todo(c.operator) == ["联系提案人"]
    assert words_seen(c.operator, proposal) == ["key"]
    assert words_seen(c.staff, proposal) == ["findings", "asked", "key", "reason"]
    assert refusal(P.VOID_SUPERVISION, proposal, c.head, wrong) == "no_record"
    with pytest.raises(NotAllowed):
        perform(P.INSTRUCT, proposal, leaders["other_leader"], {"text": "我也批示"})
    with pytest.raises(NotFound):
        perform(P.INSTRUCT, make.filed(c), leaders["leader"], {"text": "不是重点提案"})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": in_days(2)}, "on"), ({"on": "昨天"}, "on"), ({"form": "instruction"}, "form"), ({"findings": ""}, "findings"),
        ({"findings": "长" * 2001}, "findings"), ({"demand_2": "只写了要求"}, "unit_2"), ({"due_1": in_days(-1)}, "due_1"),
        ({"next_check_on": in_days(-9)}, "next_check_on"), ({"unit_1": "999999"}, "unit_1"), ({"photo_1": "没有"}, "photo_1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(c, given, field):
    mine = make.signed(c)
    data = {"form": "visit", "on": in_days(0), "participants": "三方", "findings": FINDINGS}
    data |= {"unit_1": mine.pk, "demand_1": ASKED, "due_1": in_days(2), **given}
    with pytest.raises(Invalid) as refused:
        perform(P.SUPERVISE, mine.proposal, c.staff, data)
    assert field in refused.value.form.errors
    assert not Supervision.objects.exists()


def test_written_before_the_assignment_it_is_read_by_the_units(c, leaders):
    """And the timeline tells no unit of 批示 and voidings: what it is asked stands with its demands."""
    proposal = make.filed(c)
    decide(c, leaders, proposal)
    client = Client()
    client.force_login(leaders["leader"])
    told = client.post(f"/proposals/{proposal.pk}/acts/instruct/", {"text": INSTRUCTION}, follow=True).content.decode()
    assert "交办后送承办单位" in told and "批示已送承办单位" not in told
    perform(P.ASSIGN, proposal, c.staff, {"division": "separate", "others": [c.unit.pk, c.other_unit.pk]})
    assert words_seen(c.operator, proposal) == words_seen(c.other_operator, proposal) == ["told", "key"]
    mine = make.share(proposal, c.unit)
    perform(P.INSTRUCT, proposal, leaders["leader"], {"text": PRIVATE, "units": [mine.pk]})
    record = Supervision.objects.latest("pk")
    assert "private" in words_seen(c.operator, proposal) and "private" not in words_seen(c.other_operator, proposal)
    labels = []
    for actor in (c.other_operator, c.operator, c.dispatch):
        seen = Proposal.objects.with_roles_of(actor).get(pk=proposal.pk)
        labels.append([entry["label"] for entry in timeline(seen, actor)].count("批示"))
    assert labels == [0, 0, 2]
    client.force_login(c.operator)
    page = client.get(f"/proposals/assignments/{mine.pk}/acts/answer_demand/").content.decode()
    day = record.on
    assert f"{day.year}年{day.month}月{day.day}日 批示　县长林志远：请反馈批示的落实情况。" in page


def test_the_year_is_that_of_the_meeting_and_a_revocation_keeps_the_decision(c, monkeypatch):
    proposal, began = make.assigned(c), timezone.now()
    put_up(c, proposal)
    monkeypatch.setattr(timezone, "now", lambda: began + timedelta(days=366))
    perform(P.DECIDE_KEY, proposal, c.head, {"on": in_days(0), "document_number": "1号", "reason": "会议同意"})
    event = perform(P.REVOKE_KEY, proposal, c.head, {"reason": "按一般提案办理"})
    entry = KeyProposal.objects.get()
    assert (entry.year, entry.decision, entry.revoked_at) == (timezone.localdate().year, "会议同意", event.happened_at)


def test_a_returned_case_takes_its_demands_to_the_next_unit(c):
    mine = make.signed(c)
    supervise(mine.proposal, c.staff, (mine, ASKED, 3))
    back = {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk}
    perform(A.REQUEST_RETURN, mine, c.operator, back)
    perform(A.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    assert "反馈督办要求落实情况" in todo(c.third_operator)


def test_moved_offline_nothing_of_it_is_left(c):
    proposal = make.filed(c)
    put_up(c, proposal)
    supervise(proposal, c.staff, photo_1=make.scan(c.staff).pk)
    perform(P.MOVE_OFFLINE, proposal, c.staff, {"reason": "须走保密渠道"})
    assert Supervision.objects.get().findings != FINDINGS
    assert KeyProposal.objects.get().reason != "群众关注"


@pytest.mark.parametrize("cases", [1, 3])
def test_pages_for_leaders_and_committee(c, leaders, cases):
    for _ in range(cases):
        proposal = make.assigned(c, division="separate")
        decide(c, leaders, proposal)
        mine = make.share(proposal, c.unit)
        supervise(proposal, c.staff, (mine, ASKED, 3), (make.share(proposal, c.other_unit), OTHER_ASKED, 0))
    people.agree(leaders["leader"])
    found = {
        ("leader", "/proposals/leading/"): 12, ("leader", "/proposals/key/"): 9, ("staff", "/proposals/key/"): 9,
        ("staff", "/proposals/demands/"): 7, ("operator", "/proposals/demands/"): 7,
    }  # fmt: skip
    users = {"leader": leaders["leader"], "staff": c.staff, "operator": c.operator}
    answers = {(who, path): pages(users[who], path) for who, path in found}
    assert {answer.status_code for answer, _queries in answers.values()} == {200}
    assert {key: queries for key, (_answer, queries) in answers.items()} == found
    assert pages(c.author, "/proposals/leading/")[0].status_code == 403
    assert pages(c.operator, "/proposals/key/")[0].status_code == 403
    page = answers["leader", "/proposals/leading/"][0].content.decode()
    assert page.count('name="text"') == cases


def test_a_leader_writes_on_his_own_page_and_comes_back(c, leaders):
    proposal = make.assigned(c)
    decide(c, leaders, proposal)
    client = Client()
    client.force_login(leaders["leader"])
    path = f"/proposals/{proposal.pk}/acts/instruct/"
    answer = client.post(path, {"text": INSTRUCTION, "from": "leading"})
    assert (answer.status_code, answer["Location"]) == (302, f"/proposals/leading/#case-{proposal.pk}")
    empty = client.post(path, {"text": "", "from": "leading"})
    assert 'name="from" value="leading"' in empty.content.decode()
    assert empty.status_code == 400 and "这个字段" not in empty.content.decode()
    api = client.get("/api/v1/proposals/key/?mine=true")
    assert api.status_code in (200, 401)
