"""The answers that static/js/autosave.js relies on, for the proposal and for the reply."""

import json

import pytest
from django.test import Client
from django.utils import dateparse, timezone

from proposals import drafting, replies
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Commitment, Proposal, Reply
from tests.factories import county as make
from workflow.engine import perform

ROWS = {"suggestions-TOTAL_FORMS": "1", "suggestions-INITIAL_FORMS": "0", "suggestions-0-text": "增设车位"}
PROMISES = {"commitments-TOTAL_FORMS": "0", "commitments-INITIAL_FORMS": "0"}


def save(user, url: str, **fields) -> tuple[int, dict]:
    client = Client()
    if user is not None:
        client.force_login(user)
    response = client.post(url, {**fields, "autosave": "1"}, headers={"Accept": "application/json"})
    return response.status_code, json.loads(response.content) if response["Content-Type"].startswith(
        "application/json"
    ) else {}


@pytest.fixture
def c(db):
    return make.county()


def test_the_first_save_gives_the_new_addresses(c):
    status, answer = save(c.author, "/proposals/new/autosave/", title="关于停车的提案", **ROWS)
    proposal = Proposal.objects.get()
    assert (status, answer["version"], answer["autosave_url"], answer["page_url"]) == (
        200, proposal.version, f"/proposals/{proposal.pk}/autosave/", f"/proposals/{proposal.pk}/edit/",
    )  # fmt: skip
    assert dateparse.parse_datetime(answer["saved_at"]) == proposal.saved_at
    assert answer["saved_at"][11:19] == f"{timezone.localtime(proposal.saved_at):%H:%M:%S}"


def test_a_first_save_sent_twice_opens_one_draft(c):
    for _ in range(2):
        save(c.author, "/proposals/new/autosave/", title="关于停车的提案", situation="拥堵", **ROWS)
    assert Proposal.objects.count() == 1


def test_each_save_counts_the_version_up(c):
    proposal = make.draft(c)
    url, version = f"/proposals/{proposal.pk}/autosave/", proposal.version
    for n in (1, 2):
        status, answer = save(c.author, url, title=f"第 {n} 稿", version=version, **ROWS)
        assert (status, answer["version"]) == (200, version + 1)
        version = answer["version"]
    assert Proposal.objects.get().title == "第 2 稿"


def test_nothing_has_to_be_complete(c):
    proposal = make.draft(c)
    empty = {"suggestions-TOTAL_FORMS": "1", "suggestions-INITIAL_FORMS": "0", "suggestions-0-text": ""}
    status, _answer = save(c.author, f"/proposals/{proposal.pk}/autosave/", version=proposal.version, **empty)
    fresh = Proposal.objects.get()
    assert (status, fresh.title, fresh.suggestions.count(), fresh.no_secrets) == (200, "", 0, False)


def test_a_stale_save_answers_with_the_other_text(c):
    proposal = make.draft(c)
    stale = proposal.version
    other = drafting.save(proposal, c.author, {"title": "另一个窗口写的"}, units=[c.unit])
    status, answer = save(c.author, f"/proposals/{proposal.pk}/autosave/", title="这里写的", version=stale, **ROWS)
    assert (status, answer["version"], answer["detail"]) == (409, other.version, "这份草稿已在别处保存过更新的内容。")
    assert answer["theirs"] == {
        "title": ["另一个窗口写的"], "situation": ["上下学时段校门口拥堵，存在安全隐患。"],
        "business_category": [str(c.business.pk)], "units": [str(c.unit.pk)], "no_secrets": ["on"],
        "own_work": ["on"], "publish_consent": ["true"], "publish_refusal": [""], "suggestions-TOTAL_FORMS": ["2"],
        "suggestions-0-text": ["增设减速带"], "suggestions-1-text": ["错时上下学"],
    }  # fmt: skip
    assert Proposal.objects.get().title == "另一个窗口写的"


def test_what_is_too_long_is_named_by_its_field(c):
    proposal = make.draft(c)
    status, answer = save(
        c.author, f"/proposals/{proposal.pk}/autosave/", title="长" * 101, version=proposal.version, **ROWS
    )
    assert (status, list(answer["errors"])) == (400, ["title"])


def test_a_locked_text_is_not_a_conflict(c):
    proposal = make.draft(c)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    status, answer = save(c.author, f"/proposals/{proposal.pk}/autosave/", title="晚了", **ROWS)
    assert (status, answer) == (403, {"detail": "提案目前是“待审查”，文字已锁定。如需修改，请联系提案委退回修改。"})


def test_out_of_reach(c):
    proposal = make.draft(c)
    url = f"/proposals/{proposal.pk}/autosave/"
    assert save(c.other_member, url, title="别人的", **ROWS)[0] == 404
    assert save(None, url, title="没有登录", **ROWS)[0] == 302
    assert save(c.operator, "/proposals/new/autosave/", title="不能写", **ROWS)[0] == 403
    assert Proposal.objects.get().title == "关于加强校园周边交通管理的提案"


def test_a_lost_session_is_sent_to_the_log_in(c):
    response = Client().post(f"/proposals/{make.draft(c).pk}/autosave/", ROWS)
    assert response["Location"].startswith("/login/")


def test_a_reply_is_saved_half_written(c):
    mine = make.signed(c)
    first = mine.proposal.suggestions.first()
    row = {
        "commitments-TOTAL_FORMS": "2", "commitments-INITIAL_FORMS": "0", "commitments-0-measure": "年内改造",
        "commitments-1-measure": "",
    }  # fmt: skip
    url = f"/proposals/assignments/{mine.pk}/reply/autosave/"
    fields = {"body": "写了一半", f"answer_{first.pk}": "正在研究", "version": "0", **row}
    status, answer = save(c.operator, url, **fields)
    reply = Reply.objects.get()
    assert (status, answer["version"], reply.body, reply.result_class) == (200, reply.version, "写了一半", "")
    assert list(reply.answers.exclude(text="").values_list("suggestion", "text")) == [(first.pk, "正在研究")]
    assert list(Commitment.objects.values_list("measure", "owner", "due_on")) == [("年内改造", None, None)]
    with pytest.raises(Exception, match="承诺事项的内容、责任单位或期限"):
        perform(AssignmentAct.SEND_DRAFT, mine, c.operator)


def test_a_stale_reply_answers_with_the_other_text(c):
    mine = make.signed(c)
    make.write_reply(mine, c.operator)
    url = f"/proposals/assignments/{mine.pk}/reply/autosave/"
    status, answer = save(c.operator, url, body="这里写的", version="0", **PROMISES)
    assert (status, answer["version"], answer["theirs"]["body"]) == (409, 1, ["您提出的提案收悉，现答复如下。"])
    assert answer["theirs"]["result_class"] == ["A"]
    assert Reply.objects.get().body == "您提出的提案收悉，现答复如下。"


def test_a_reply_is_written_by_the_operator_alone(c):
    mine = make.signed(c)
    url = f"/proposals/assignments/{mine.pk}/reply/autosave/"
    found = {who: save(user, url, body="试", **PROMISES)[0] for who, user in c.roles().items()}
    seen = {"author": 403, "staff": 403, "head": 403, "reviewer": 403, "dispatch": 403, "leader": 403, "operator": 200}
    assert found == {who: seen.get(who, 404) for who in c.roles()}
    replies.save_draft(mine, c.operator, {"body": "完整"}, commitments=[])
    assert Reply.objects.count() == 1
