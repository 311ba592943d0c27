"""答复函, 会办意见, 补充答复, 征询意见表: who may take which, what they say, how they are laid out (GB/T 9704)."""

import io
import zipfile
from urllib.parse import quote

import pytest
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from rest_framework.test import APIClient

from members import succession
from members.models import Organization, User
from proposals.acts import AssignmentAct as Act
from proposals.acts import ProposalAct
from proposals.models import PaperExport, Reply, SupplementaryReply
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db
PHONE = "0396-0000000"


def paper(content: bytes) -> Document:
    return Document(io.BytesIO(content))


def lines(found: Document) -> list[str]:
    return [text for one in found.paragraphs if (text := one.text.strip("\n 　"))]


def day(on) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


@pytest.fixture
def share(c):
    """A checked reply of class B with a handler, of a unit with a word of its own."""
    Organization.objects.filter(pk=c.unit.pk).update(letter_code="西教提")
    mine = make.checked(c, make.signed(c), result_class="B")
    Reply.objects.update(handler_name="吴小兰", handler_phone=PHONE, leader_name="郑向东")
    return mine


@pytest.fixture
def take(client):
    def get(user, address: str):
        client.force_login(user)
        return client.get(address)

    return get


def test_the_reply_letter(c, share, take):
    perform(Act.SEND, share, c.operator)
    answer = take(c.author, f"/proposals/replies/{Reply.objects.get().pk}/letter/")
    assert "001%E5%8F%B7_%E7%AD%94%E5%A4%8D%E5%87%BD" in answer["Content-Disposition"]  # 001号_答复函
    found, today = paper(answer.content), timezone.localdate()
    due = day(Reply.objects.get().commitments.get().due_on)
    assert lines(found) == [
        f"西教提〔{today.year}〕1号",
        "西平县教育局关于对政协西平县第十一届委员会第四次会议第001号提案的答复",
        "周明远委员：",
        "您提出的《关于加强校园周边交通管理的提案》（第001号）收悉，现答复如下：",
        "您提出的提案收悉，现答复如下。",
        "对您提出的各条建议，逐条答复如下：",
        "一、关于“增设减速带”的建议", "采纳。已采纳，年内完成。",
        "二、关于“错时上下学”的建议", "采纳。已采纳，年内完成。",
        "承诺事项", f"1．年内完成改造（责任单位：县教育局，{due}前完成）。",
        "专此答复。感谢您对我们工作的关心和支持。",
        "西平县教育局", day(today),
        "负责领导：郑向东", f"联系人：吴小兰　联系电话：{PHONE}",
        "抄送：县政协提案委、县委县政府督查室。",
    ]  # fmt: skip
    section = found.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    head = section.first_page_header.paragraphs
    assert [(one.text, str(one.alignment)) for one in head] == [("B类", "RIGHT (2)"), ("西平县教育局", "CENTER (1)")]
    above = section.header_distance + head[0].paragraph_format.line_spacing
    assert round(above / Mm(1), 1) == 30.0  # 发文机关标志 stands 30 mm from the top
    rules = [
        line._p.pPr.find(qn("w:pBdr"))[0].get(qn("w:val"))
        for line in (head[1], section.first_page_footer.paragraphs[0])
    ]
    assert rules == ["thickThinSmallGap", "thinThickSmallGap"]
    assert found.paragraphs[-1]._p.pPr.find(qn("w:framePr")).get(qn("w:yAlign")) == "bottom"
    assert list(PaperExport.objects.values_list("what", "user")) == [("答复函", c.author.pk)]


def test_who_may_take_a_reply_before_and_after_it_goes_out(c, share, take):
    reply = Reply.objects.get()
    addresses = [f"/proposals/replies/{reply.pk}/{part}" for part in ("", "letter/", "form/")]
    inside, after = (c.operator, c.leader, c.dispatch, c.staff), (c.author,)
    strangers = (c.other_member, c.third_operator)

    def codes(*users) -> set[int]:
        return {take(user, address).status_code for user in users for address in addresses}

    assert (codes(*inside), codes(*after), codes(*strangers)) == ({200}, {409}, {404})
    perform(Act.SEND, share, c.operator)
    assert (codes(*inside), codes(*after), codes(*strangers)) == ({200}, {200}, {404})
    perform(Act.RATE, share, c.author, make.rating())
    perform(ProposalAct.PUBLISH, share.proposal, c.staff)
    assert (codes(c.other_member), codes(*after)) == ({404}, {200})
    page = take(c.other_member, f"/proposals/{share.proposal_id}/").content.decode()
    assert ("您提出的提案收悉" in page, "答复函（Word）" in page, PHONE in page) == (True, False, False)
    assert take(c.author, "/proposals/replies/999999/").status_code == 404


def test_the_form_to_rate_with(c, share, take):
    perform(Act.SEND, share, c.operator)
    found = paper(take(c.author, f"/proposals/replies/{Reply.objects.get().pk}/form/").content)
    cells = [[cell.text for cell in dict.fromkeys(row.cells)] for row in found.tables[0].rows]
    today = timezone.localdate()
    assert cells == [
        ["提案编号", "第001号", "办理结果", "B类"],
        ["案　　由", "关于加强校园周边交通管理的提案"],
        ["提案人", "周明远", "承办单位", "西平县教育局"],
        ["答复文号", f"西教提〔{today.year}〕1号", "答复日期", day(today)],
        ["联系情况", "□已走访或当面沟通　□已电话或书面联系　□我提出不需要走访　□没有联系"],
        ["答复是否\n针对提案", "□针对　□基本针对　□未针对"],
        ["对办理工作\n（态度）", "□满意　□基本满意　□不满意"],
        ["对办理结果", "□满意　□基本满意　□不满意"],
        ["意见或理由", ""],
        ["评价人签名", "", "日　　期", "　　年　月　日"],
    ]


def test_the_letter_of_an_opinion_goes_to_the_lead_unit(c, take):
    lead = make.signed(c, division="lead")
    assist = make.share(lead.proposal, c.other_unit)
    perform(Act.SIGN_FOR, assist, c.other_operator)
    perform(Act.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意安排经费二十万元。\n今年拨付。"})
    perform(Act.SIGN_OFF, assist, c.other_leader, {})
    address, today = f"/proposals/assignments/{assist.pk}/opinion/letter/", timezone.localdate()
    assert lines(paper(take(c.operator, address).content)) == [
        f"县财政局提函〔{today.year}〕1号",
        "西平县财政局关于政协西平县第十一届委员会第四次会议第001号提案的会办意见",
        "西平县教育局：",
        "周明远委员提出的《关于加强校园周边交通管理的提案》（第001号）由你单位主办、我单位会办。经研究，提出如下会办意见：",
        "同意安排经费二十万元。", "今年拨付。", "以上意见，供你单位答复提案人时参考。",
        "西平县财政局", day(today), "抄送：县政协提案委、县委县政府督查室。",
    ]  # fmt: skip
    assert take(c.author, address).status_code == take(c.third_operator, address).status_code == 404


def test_the_letter_of_a_supplement(c, share, take):
    perform(Act.SEND, share, c.operator)
    perform(Act.WRITE_SUPPLEMENT, share, c.operator, {"body": "减速带已经装好。"})
    address, year = f"/proposals/supplements/{SupplementaryReply.objects.get().pk}/letter/", timezone.localdate().year
    assert (take(c.author, address).status_code, take(c.leader, address).status_code) == (404, 200)
    perform(Act.SIGN_SUPPLEMENT, share, c.leader)
    assert lines(paper(take(c.author, address).content))[:5] == [
        f"西教提〔{year}〕2号",
        "西平县教育局关于对政协西平县第十一届委员会第四次会议第001号提案的补充答复",
        "周明远委员：",
        f"您提出的《关于加强校园周边交通管理的提案》（第001号），我单位已以西教提〔{year}〕1号函答复。现将有关情况补充答复如下：",
        "减速带已经装好。",
    ]


def test_papers_after_a_merger_come_from_the_unit_that_wrote_them(c, share, take):
    """The reply was sent by the old unit, the supplement is the new one's."""
    perform(Act.SEND, share, c.operator)
    succession.succeed(
        succession.prepare(c.unit, c.third_unit, timezone.localdate(), "西办12号", c.administrator), set()
    )
    heir, year = User.objects.get(pk=c.third_operator.pk), timezone.localdate().year
    perform(Act.WRITE_SUPPLEMENT, share, heir, {"body": "减速带已经装好。"})
    perform(Act.SIGN_SUPPLEMENT, share, people.holder(c.third_unit, "unit_leader", "邓长林"))
    found = paper(take(c.author, f"/proposals/supplements/{SupplementaryReply.objects.get().pk}/letter/").content)
    assert found.sections[0].first_page_header.paragraphs[-1].text == "西平县水利局"
    texts = lines(found)
    assert texts[:2] == [
        f"县水利局提〔{year}〕1号",
        "西平县水利局关于对政协西平县第十一届委员会第四次会议第001号提案的补充答复",
    ]
    assert f"西平县教育局已以西教提〔{year}〕1号函答复。" in texts[3] and "西平县水利局" in texts[5:8]


def test_a_reply_rated_by_both_with_a_supplement_opens_everywhere(c, share, take):
    perform(Act.SEND, share, c.operator)
    perform(Act.WRITE_SUPPLEMENT, share, c.operator, {"body": "减速带已经装好。"})
    perform(Act.SIGN_SUPPLEMENT, share, c.leader)
    perform(Act.RATE_PROPOSAL, share, c.operator, make.quality("good", "建议实在"))
    perform(Act.RATE, share, c.author, make.rating())
    perform(ProposalAct.PUBLISH, share.proposal, c.staff)
    case, reply, api = share.proposal_id, Reply.objects.get().pk, APIClient()
    addresses = [f"/proposals/{case}/", f"/proposals/replies/{reply}/", f"/proposals/replies/{reply}/letter/",
                 f"/proposals/replies/{reply}/form/", f"/proposals/supplements/{SupplementaryReply.objects.get().pk}/letter/"]  # fmt: skip
    for user in (c.author, c.operator, c.staff, c.head):
        assert [take(user, address).status_code for address in addresses] == [200] * 5
        page = take(user, addresses[0]).content.decode()
        assert "减速带已经装好。" in page and "建议实在" in page and "下载补充答复（Word）" in page
        api.force_authenticate(user)
        detail = api.get(f"/api/v1/proposals/{case}/")
        assert (detail.status_code, "减速带已经装好。" in str(detail.json())) == (200, True)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(take(c.staff, f"/proposals/{case}/archive/").streaming_content)))
    assert {name for name in archive.namelist() if "教育局" in name} == {
        "03_答复函_县教育局_第1轮.docx", "03_答复函_县教育局_第1轮_补充1.docx", "03_答复和评价_县教育局_第1轮.docx",
    }  # fmt: skip
    assert [take(c.other_member, address).status_code for address in addresses] == [200, 404, 404, 404, 404]
    assert "减速带已经装好。" not in take(c.other_member, addresses[0]).content.decode()
    api.force_authenticate(c.other_member)
    assert "减速带已经装好。" not in str(api.get(f"/api/v1/proposals/{case}/").json())


# --- the desk as a page ---
@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_often_for_one_row_as_for_many(c, client, django_assert_num_queries, count):
    for _ in range(count):
        make.signed(c)
    client.force_login(c.operator)
    client.get("/proposals/desk/")
    with django_assert_num_queries(9):
        page = client.get("/proposals/desk/?tab=in_hand").content.decode()
    assert page.count("联系提案人") == count
    assert (client.get("/proposals/desk/?tab=nonsense&page=x").status_code, "首次联系" in page) == (200, True)
    with django_assert_num_queries(9):
        page = client.get("/proposals/desk/?q=校园").content.decode()
    assert (page.count("联系提案人"), f"?tab=sent&amp;q={quote('校园')}" in page) == (count, True)
    asked = [
        client.get("/proposals/desk/", {"q": words}).content.decode()
        for words in ("001", "周明远", "999", "%_'", "饮水")
    ]
    assert [page.count("联系提案人") for page in asked] == [1, count, 0, 0, 0]
    assert "这一栏没有找到" in asked[-1]
    client.force_login(c.author)
    assert client.get("/proposals/desk/").status_code == 403
