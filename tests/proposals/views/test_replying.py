"""The page of the reply: kept half written, rows of promises, both texts when two people write."""

from django.utils import timezone

from proposals import replies
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Commitment, Reply
from tests.factories import county as make
from workflow.engine import perform


def write(browse, user, mine):
    return browse(user).go(f"/proposals/assignments/{mine.pk}/reply/")


def test_half_a_reply_is_kept(c, browse):
    mine = make.signed(c)
    page = write(browse, c.operator, mine).press("保存草稿", body="写了一半", result_class="B")
    assert "答复稿已保存" in page.text
    assert list(Reply.objects.values_list("body", "result_class", "handler_name")) == [("写了一半", "B", "吴小兰")]


def test_promises_can_be_added_moved_and_removed(c, browse):
    mine = make.signed(c)
    page = write(browse, c.operator, mine).press("添加一项")
    page = page.press("添加一项", **{"commitments-0-measure": "先做"})
    page = page.press("保存草稿", **{"commitments-1-measure": "后做"})
    assert list(Commitment.objects.order_by("pk").values_list("measure", flat=True)) == ["先做", "后做"]
    form = page.form("保存草稿")
    data = {name: [v for n, v in form.values if n == name] for name in form.names}
    page.browser.send(form, data | {"remove_commitments": ["0"]}, {}, page.url)
    assert list(Commitment.objects.values_list("measure", flat=True)) == ["后做"]


def test_two_writers_meet_on_a_page_with_both_texts(c, browse):
    mine = make.signed(c)
    page = write(browse, c.operator, mine)
    replies.save_draft(mine, c.operator, {"body": "另一位写的"}, commitments=[(None, "另一位的承诺", None)])
    page = page.press("保存草稿", body="我写的")
    assert page.status == 409
    assert "我写的" in page.text
    assert "另一位写的" in page.text
    assert "另一位的承诺" in page.text
    assert page.press("保留我刚才写的").status == 200
    assert Reply.objects.get().body == "我写的"


def test_a_reply_locked_meanwhile_is_handed_back(c, browse):
    mine = make.signed(c)
    page = write(browse, c.operator, mine)
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    perform(AssignmentAct.SUBMIT_REPLY, mine, c.operator)
    page = page.press("保存草稿", body="又写了一大段")
    assert page.status == 409
    assert "目前状态是“待审签”，不能修改答复稿。" in page.text
    assert "又写了一大段" in page.text


def test_who_may_open_it(c, browse):
    mine = make.signed(c)
    found = {who: write(browse, user, mine).status for who, user in c.roles().items()}
    reached = {
        "operator": 200,
        "leader": 403,
        "author": 403,
        "staff": 403,
        "head": 403,
        "reviewer": 403,
        "dispatch": 403,
    }
    assert found == {who: reached.get(who, 404) for who in c.roles()}


def test_an_assisting_unit_is_sent_to_its_opinion(c, browse):
    assist = make.share(make.assigned(c, division="lead"), c.other_unit)
    perform(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    page = write(browse, c.other_operator, assist)
    assert page.status == 403
    assert "请报送会办意见，由主办单位答复。" in page.text


def test_the_preview_reads_like_the_letter(c, browse):
    mine = make.signed(c)
    make.write_reply(mine, c.operator, "B")
    page = browse(c.operator).go(f"/proposals/assignments/{mine.pk}/reply/preview/")
    assert "西平县教育局关于对政协西平县第十一届委员会第四次会议第001号提案的答复" in page.text
    assert "周明远委员： 您提出的《关于加强校园周边交通管理的提案》（第001号）收悉，现答复如下：" in page.text
    day = timezone.localdate()
    end = f"专此答复。感谢您对我们工作的关心和支持。 西平县教育局 {day.year}年{day.month}月{day.day}日 联系人：（未填） 联系电话：（未填） 抄送：县政协提案委、县委县政府督查室"
    assert end in page.text
    assert "年内完成改造（县教育局，" in page.text
    assert page.has_link("送提案人征求意见")
    assert browse(c.author).go(page.url).status == 403


def test_a_preview_without_a_text_says_so(c, browse):
    mine = make.signed(c)
    page = browse(c.operator).go(f"/proposals/assignments/{mine.pk}/reply/preview/")
    assert page.status == 409
    assert "请先撰写答复。" in page.text


def test_hostile_replies(c, browse):
    mine = make.signed(c)
    client = browse(c.operator).client
    url = f"/proposals/assignments/{mine.pk}/reply/"
    rows = {"commitments-TOTAL_FORMS": "1", "commitments-INITIAL_FORMS": "0"}
    for data in (
        {}, {"body": "a\x00b", **rows}, {"body": "长" * 10_001, **rows}, {"result_class": "Z", **rows},
        {**rows, "commitments-0-due_on": "昨天"}, {**rows, "commitments-0-owner": "x"},
        {**rows, "commitments-0-measure": "长" * 301}, {"commitments-TOTAL_FORMS": "9999", "commitments-INITIAL_FORMS": "0"},
    ):  # fmt: skip
        assert client.post(url, data).status_code == 400
    assert Reply.objects.count() == 0
    assert client.post(url, {"body": "😀<script>", **rows}).status_code == 302
    assert "<script>alert" not in client.get(url).content.decode()


def test_the_writer_has_the_record_at_hand(c, browse):
    """The contacts, the opinion of the unit that assists, and what the proposer says to the draft."""
    mine = make.share(make.assigned(c, "lead"), c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    assert "办理情况（还没有记录）" in write(browse, c.operator, mine).text
    assist = make.share(mine.proposal, c.other_unit)
    perform(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    perform(AssignmentAct.GIVE_OPINION, assist, c.other_operator, {"opinion": "经费已列入预算"})
    perform(AssignmentAct.SIGN_OFF, assist, c.other_leader, {})
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "请写明时间"})
    page = write(browse, c.operator, mine)
    assert "办理情况（面商 2 次，会办意见 1 份，提案人意见 1 条）" in page.text
    for words in ("商定办理思路", "县财政局的会办意见 经费已列入预算", "提案人对答复稿的意见 请写明时间"):
        assert words in page.text


def test_the_writer_reads_the_cases_merged_in(c, browse):
    mine, joined = make.signed(c), make.reviewed(c, title="关于校门口设护学岗的提案", suggestions=("设护学岗",))
    perform(ProposalAct.MERGE, joined, c.head, {"into": mine.proposal_id, "reason": "内容相同"})
    page = write(browse, c.operator, mine)
    assert "设护学岗" in page.text
    assert page.follow("查看这件提案").status == 200


def test_the_round_before_is_at_hand_too(c, browse):
    mine = make.replied(c, make.signed(c))
    perform(AssignmentAct.RATE, mine, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    page = write(browse, c.operator, mine)
    assert "以前的答复 1 份" in page.text
    assert "没有解决" in page.text
