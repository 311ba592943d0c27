"""What the letters say of each outcome, read back from the .docx."""

import io

import pytest
from django.utils import timezone
from docx import Document

from deadlines import book as books
from proposals.acts import CosignatureAct, ProposalAct
from proposals.models import Proposal, RejectionReason
from proposals.papers import bundle, material, outcome, writing
from proposals.papers.words import SENDER
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db
TITLE = "关于加强校园周边交通管理的提案"
ASK = "如有疑问，请与提案委员会联系（联系人：＿＿＿＿，电话：＿＿＿＿＿＿＿＿）。"
RATE = "收到答复后，请您在15个工作日内对办理工作和办理结果作出评价。"


def day(on) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def case_of(proposal) -> material.Case:
    return material.read(Proposal.objects.filter(pk=proposal.pk))[0]


def letters(proposal) -> dict[str, list[str]]:
    """The lines of each letter by kind, blank ones left out; above them the blank number, below sender and date."""
    found = {one.kind: lines(writing.content(one)) for one in outcome.letters(case_of(proposal), books.load())}
    today = timezone.localdate()
    for kind, text in found.items():
        assert text[0] == f"提案委〔{today.year}〕　　号"
        end = text.index(SENDER)
        assert text[end + 1].strip() == day(today)
        found[kind] = text[1:end] + text[end + 2 :]
    return found


def lines(content: bytes) -> list[str]:
    return [text for one in Document(io.BytesIO(content)).paragraphs if (text := one.text.strip("\n "))]


def reject(c, proposal, code: str = "beyond", **data):
    reason = RejectionReason.objects.get(code=code)
    perform(ProposalAct.REJECT, proposal, c.head, {"rejection_reason": reason.pk, "reason": "事项属省级事权。", **data})
    return proposal


def reviewed(c, proposal):
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    return proposal


def test_filed(c):
    proposal = make.filed(c, numbered=False)
    assert letters(proposal) == {"filed": [
        "提案立案通知书", "周明远委员：",
        f"您提出的《{TITLE}》（流水号 11-4-0001）收悉。根据政协提案工作条例的有关规定，经审查，决定予以立案。现将有关事项通知如下：",
        "一、立案情况", "案号：待编号", f"案由：{TITLE}", "提案人：周明远", "类别：教科文卫体", "承办单位：立案后确定，确定后另行告知",
        "二、后续办理",
        "编定案号后，提案将交承办单位办理。承办单位应在交办之日起3个月内书面答复您，最迟不超过6个月；办理中会主动与您联系，听取意见。",
        RATE, f"您{ASK}", "特此通知。",
    ]}  # fmt: skip


def test_filed_and_with_units(c):
    proposal = make.assigned(c, "lead")
    due = make.share(proposal, c.unit).due_on
    text = letters(proposal)["filed"]
    assert text[4:9] == [
        "案号：县政协十一届四次会议第001号", f"案由：{TITLE}", "提案人：周明远", "类别：教科文卫体",
        "承办单位：县教育局（主办）、县财政局（会办）",
    ]  # fmt: skip
    assert text[10] == (
        f"提案已交县教育局（主办）、县财政局（会办）办理，应于{day(due)}前书面答复您。办理中承办单位会主动与您联系，听取意见。"
    )


def test_a_joint_one_names_everybody(c):
    proposal = make.cosigning(c)
    perform(CosignatureAct.AGREE, proposal.cosignatures.get(person=c.invitee.person), c.invitee, {})
    perform(ProposalAct.SUBMIT, proposal, c.author)
    perform(ProposalAct.FILE, reviewed(c, proposal), c.head, {})
    text = letters(proposal)["filed"]
    names = [row.person.name for row in proposal.cosignatures.order_by("position")]
    assert set(names) == {"李素芬", "郭建业"}
    assert (text[1], text[2].split("提出的")[0]) == ("周明远委员：", f"您与{'、'.join(names)}等2位委员联名")
    assert f"提案人：周明远（第一提案人）、{'、'.join(names)}" in text
    assert text[-3] == "请将以上情况转告各联名委员。"


def test_a_collective_is_addressed_by_its_full_name(c):
    proposal = make.confirmed(c)
    perform(ProposalAct.SUBMIT, proposal, c.contact)
    perform(ProposalAct.FILE, reviewed(c, proposal), c.head, {})
    text = letters(proposal)["filed"]
    assert (text[1], text[2].split("提出的")[0], text[6]) == ("民盟西平支部：", "贵单位", "提案人：民盟西平支部")


def test_merged(c):
    main = make.assigned(c)
    due = make.share(main, c.unit).due_on
    proposal = make.reviewed(c, title="关于校门口停车的提案")
    perform(ProposalAct.MERGE, proposal, c.head, {"into": main.pk, "reason": "内容相同。"})
    assert letters(proposal) == {"merged": [
        "提案并案通知书", "周明远委员：",
        "您提出的《关于校门口停车的提案》（流水号 11-4-0002）收悉。根据政协提案工作条例的有关规定，经审查，该提案与另一件提案内容相同或"
        "相近，决定并案办理。并案理由：内容相同。现将有关事项通知如下：",
        "一、并案情况", "案由：关于校门口停车的提案", "提案人：周明远",
        f"并入：县政协十一届四次会议第001号《{TITLE}》（提案人：周明远）", "承办单位：县教育局",
        "二、后续办理", "您的提案原文、署名和编号都予以保留，随主提案一并交承办单位研究办理。",
        f"承办单位答复主提案时，同时答复您。应于{day(due)}前书面答复您。",
        "您对并案有不同意见的，请及时向提案委员会提出。", f"您{ASK}", "特此通知。",
    ]}  # fmt: skip


def test_not_filed(c):
    proposal = reject(c, make.reviewed(c), disposition="opinion")
    assert letters(proposal) == {"rejected": [
        "提案不予立案通知书", "周明远委员：",
        f"您提出的《{TITLE}》（流水号 11-4-0001）收悉。根据政协提案工作条例关于不予立案情形的规定，经审查，决定不予立案。现将有关情况告知如下：",
        "一、不予立案的情形", f"案由：{TITLE}", "提案人：周明远", "情形：超越本级事权", "说明：事项属省级事权。",
        "二、处理去向", "提案内容转为社情民意信息，按程序报送，署您的名。", f"您{ASK}",
        "感谢对政协提案工作的支持，欢迎继续提出意见和建议。", "特此通知。",
    ]}  # fmt: skip


def test_passed_on_to_a_unit_with_the_text(c):
    proposal = reject(c, make.reviewed(c), disposition="suggestion", disposition_unit=c.unit.pk)
    found = letters(proposal)
    assert found["rejected"][9] == "提案内容作为意见建议，转县教育局研究参考。"
    assert found["forwarded"] == [
        "关于转送意见建议的函", "县教育局：",
        f"周明远委员提出的《{TITLE}》（流水号 11-4-0001），经审查未予立案，内容涉及你单位职责，现作为意见建议转送你单位研究参考。",
        "请你单位结合工作实际认真研究。可以采纳的，请在工作中吸收；需要了解情况的，可以直接与提出人联系。研究情况请向提出人反馈，并抄告我委。",
        "意见建议不编提案案号，不计入提案办理。", f"附件：{TITLE}",
        "附件", TITLE, "提案人：周明远", "情况分析", "上下学时段校门口拥堵，存在安全隐患。", "具体建议",
        "1．增设减速带", "2．错时上下学",
    ]  # fmt: skip


@pytest.mark.parametrize(("way", "words"), [
    ("letter", "提案内容作为委员来信，转有关部门处理。"), ("back", "提案退回您，不再作其他处理。"), ("none", "提案内容不再作其他处理。"),
])  # fmt: skip
def test_every_way_on_has_its_words(c, way, words):
    assert letters(reject(c, make.reviewed(c), disposition=way))["rejected"][9] == words


def test_no_letter_before_a_decision_or_after_a_withdrawal(c):
    submitted, returned, withdrawn = make.submitted(c), make.reviewed(c), make.submitted(c)
    perform(ProposalAct.RETURN, returned, c.head, {"reason": "补充数据"})
    perform(ProposalAct.WITHDRAW, withdrawn, c.author, {"reason": "另提"})
    assert [(outcome.kinds(p), outcome.why_none(p)) for p in (submitted, returned, withdrawn)] == [
        ((), "目前是“待审查”，还没有审查结论"), ((), "已退回修改，重新提交并审定后再出通知书"), ((), "已撤案，没有通知书"),
    ]  # fmt: skip


def test_an_undone_decision_leaves_no_words_behind(c):
    proposal = reject(c, make.reviewed(c), disposition="none")
    perform(ProposalAct.UNDO_DECISION, proposal, c.head, {"reason": "再议"})
    perform(ProposalAct.FILE, proposal, c.head, {})
    assert list(letters(proposal)) == ["filed"]


def test_hard_texts_stay_what_they_are(c):
    """Rare characters and long names stay; control and direction marks, which no paper holds, go."""
    proposal = make.filed(c)
    person = c.author.person
    Proposal.objects.filter(pk=proposal.pk).update(title="关于\u202e𠮷村\x0b&lt;路灯&gt;{{ 7 }}" + "长" * 60)
    type(person).objects.filter(pk=person.pk).update(name="阿卜杜热西提·麦麦提吐尔孙" * 3)
    text = letters(proposal)["filed"]
    assert text[5] == "案由：关于𠮷村&lt;路灯&gt;{{ 7 }}" + "长" * 60
    case = case_of(proposal)
    name = bundle.file_name(outcome.letters(case, books.load())[0])
    assert name == f"001号_立案通知书_{('阿卜杜热西提·麦麦提吐尔孙' * 3)[:40]}.docx"


def test_ten_cosigners(c):
    proposal = make.draft(c)
    others = [people.member(f"联名{n}") for n in "甲乙丙丁戊己庚辛壬癸"]
    perform(
        ProposalAct.INVITE, proposal, c.author, {"persons": [u.person_id for u in others], "closes_at": make.soon()}
    )
    for user in others:
        perform(CosignatureAct.AGREE, proposal.cosignatures.get(person=user.person), user, {})
    perform(ProposalAct.SUBMIT, proposal, c.author)
    reject(c, reviewed(c, proposal), disposition="back")
    text = letters(proposal)["rejected"]
    assert text[2].split("提出的")[0].endswith("等10位委员联名")
    assert sorted(text[5].split("、")[1:]) == sorted(user.person.name for user in others)
    assert text[5].count("、") == 10


def test_queries_do_not_grow(c, django_assert_num_queries):
    for _ in range(2):
        make.assigned(c)
    main = make.assigned(c)
    merged = make.reviewed(c)
    perform(ProposalAct.MERGE, merged, c.head, {"into": main.pk, "reason": "相同"})
    for rows in (Proposal.objects.filter(pk=merged.pk), Proposal.objects.all()):
        with django_assert_num_queries(8):
            book = books.load()
            for case in material.read(rows):
                for one in outcome.letters(case, book):
                    writing.content(one)
