"""The page of 代录 without JavaScript, from the paper to the member's answer."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from documents.models import Attachment
from members.models import Member, Session
from proposals.acts import ProposalAct
from proposals.models import Proposal
from tests.documents.files import png
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db
NEW, ENTER = "/proposals/new/on-behalf/", "录入，送待审查"
TITLE = "关于修补乡道的提案"


def moment(at=None) -> str:
    return f"{timezone.localtime(at) if at else timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M:%S}"


def paper(c, **changes) -> dict:
    """What the staff types from the paper."""
    return {
        "source": "paper", "received_at": moment(), "whose": "member", "member": c.author.person_id, "title": TITLE,
        "situation": "路面破损，雨天难行。", "business_category": c.business.pk, "suggestions-0-text": "补坑",
        "publish_consent": "unknown", **changes,
    }  # fmt: skip


def scan(name: str = "原件.png", content: bytes | None = None):
    return {"scan_files": SimpleUploadedFile(name, png() if content is None else content)}


def test_a_members_paper(c, browse):
    staff = browse(c.staff)
    page = staff.go("/proposals/").follow("代录提案")
    data = paper(c, cosigners=[c.cosigner.person_id, c.invitee.person_id], units=[c.unit.pk], no_secrets="on")
    page = page.press(ENTER, scan(), **data)
    assert "已代录，流水号 11-4-0001，已通知提案人确认。" in page.text
    assert "代录" in staff.go("/proposals/").text
    case = Proposal.objects.get()
    assert (case.kind, case.no_secrets, case.own_work, case.publish_consent) == ("joint", True, False, None)

    author = browse(c.author)
    assert "请确认提案委代录的提案" in author.go("/").text
    mine = author.go(f"/proposals/{case.pk}/")
    assert "提案委代录（纸质，何静录入）" in mine.text and any(
        text.startswith("原件：原件.png") for text, _href in mine.links
    )
    page = mine.follow("有出入").press("有出入", reason="少录了一条建议。")
    assert "已转提案委核对。" in page.text
    assert "请确认提案委代录的提案" not in author.go("/").text
    seen = staff.go(f"/proposals/{case.pk}/")
    assert "提案人反映：少录了一条建议。" in seen.text and "提案人反映有出入，请对照原件核对" in seen.text
    assert "已确认，谢谢您。" in author.go(f"/proposals/{case.pk}/").follow("确认无误").press("确认无误").text
    assert not author.go(f"/proposals/{case.pk}/").has_link("确认无误")


def test_the_scan_is_for_those_who_signed_and_the_committee(c, browse):
    browse(c.staff).go(NEW).press(ENTER, scan(), **paper(c, cosigners=[c.cosigner.person_id]))
    case, file = Proposal.objects.get(), Attachment.objects.get()
    perform(ProposalAct.PRE_REVIEW, case, c.reviewer, {"recommendation": "file", "business_category": c.business.pk})
    perform(ProposalAct.FILE, case, c.head, {})
    perform(ProposalAct.NUMBER, case, c.staff)
    perform(ProposalAct.ASSIGN, case, c.staff, {"division": "sole", "unit": c.unit.pk})
    got = set()
    for role, user in c.roles().items():
        client = Client()
        client.force_login(user)
        if client.get(f"/documents/{file.pk}/").status_code == 200:
            got.add(role)
    assert got == {"author", "cosigner", "staff", "head", "reviewer"}
    operator = browse(c.operator).go(f"/proposals/{case.pk}/").text
    assert ("提案委代录（纸质）" in operator, "何静录入" in operator, "原件：" in operator) == (True, False, False)
    assert "提案人没有答复，以扫描件为准" in browse(c.author).go(f"/proposals/{case.pk}/").text


def test_a_bodys_call_by_telephone(c, browse):
    data = paper(c, source="phone", whose="body", member=None, organization=c.party.pk)
    page = browse(c.staff).go(NEW).press(ENTER, **data)
    assert (page.status, "电话提案请写明谁、何时来电，谁接听。" in page.text) == (400, True)
    page = page.press(ENTER, note="蒋文静 10:20 来电，何静接听。")
    assert "已代录" in page.text
    assert (Proposal.objects.get().organization, Proposal.objects.get().kind) == (c.party, "collective")
    assert "请确认提案委代录的提案" in browse(c.contact).go("/").text


def test_nothing_typed_is_lost_when_it_is_refused(c, browse):
    """Files, rows and choices come back; only what is wrong has to be put right."""
    data = paper(
        c, title="", **{"suggestions-0-text": "补坑\n清沟"}, units=[c.unit.pk, c.other_unit.pk], note="备注<b>"
    )
    page = browse(c.staff).go(NEW).press(ENTER, scan(), **data)
    assert page.status == 400 and Proposal.objects.count() == 0
    kept = dict(page.form(ENTER).values)
    assert (kept["situation"], kept["suggestions-0-text"], kept["note"], kept["member"]) == (
        "路面破损，雨天难行。", "补坑\n清沟", "备注<b>", str(c.author.person_id),
    )  # fmt: skip
    page = page.press("加一条建议") if "加一条建议" in page.labels() else page
    page = page.press(ENTER, title=TITLE)
    case = Proposal.objects.get()
    assert (case.title, [s.text for s in case.suggestions.all()], set(case.suggested_units.all())) == (
        TITLE, ["补坑\n清沟"], {c.unit, c.other_unit},
    )  # fmt: skip


@pytest.mark.parametrize(("files", "sentence"), [
    ({}, "纸质提案必须上传原件扫描件（PDF、JPG 或 PNG）。"),
    (("原件.txt", "文字".encode()), "“原件.txt”"),
    (("原件.png", b"not a picture"), "“原件.png”"),
    (("原件.pdf", png()), "“原件.pdf”的内容其实是"),
])  # fmt: skip
def test_the_scan_of_a_paper(c, browse, files, sentence):
    page = browse(c.staff).go(NEW).press(ENTER, scan(*files) if files else {}, **paper(c))
    assert (page.status, sentence in page.text, Proposal.objects.count()) == (400, True, 0)


def test_a_file_of_another_kind_uploaded_before_is_no_scan(c, browse):
    from documents.uploads import receive

    other = receive(SimpleUploadedFile("说明.txt", "文字".encode()), c.staff)
    page = browse(c.staff).go(NEW)
    form = page.form(ENTER)
    data = {name: [value] for name, value in form.values} | {k: [str(v)] for k, v in paper(c).items()}
    page = page.browser.send(form, data | {"scan": [str(other.pk)]}, {}, NEW)
    assert (page.status, "“说明.txt”不能作扫描件，请用 PDF、JPG 或 PNG。" in page.text) == (400, True)


def refused(c, browse, **changes) -> str:
    page = browse(c.staff).go(NEW).press(ENTER, scan(), **paper(c, **changes))
    assert (page.status, Proposal.objects.count()) == (400, 0)
    return page.text


def test_the_time_of_receipt(c, browse):
    session = Session.objects.get()
    assert "收到时间晚于现在" in refused(c, browse, received_at=moment(timezone.now() + timedelta(minutes=2)))
    early = moment(session.window_opens - timedelta(seconds=1))
    assert "收到时间早于十一届四次会议提案征集开始的时间（2026年1月21日 00:00）" in refused(
        c, browse, received_at=early
    )
    for seconds, timing in ((0, "plenary"), (1, "adjourned")):
        at = moment(session.window_closes + timedelta(seconds=seconds))
        title = f"第{seconds}秒收到的提案"
        browse(c.staff).go(NEW).press(ENTER, scan(), **paper(c, received_at=at, title=title))
        assert Proposal.objects.get(title=title).timing == timing
    at = moment(session.window_opens)
    browse(c.staff).go(NEW).press(ENTER, scan(), **paper(c, received_at=at, title="开始那一秒"))
    assert Proposal.objects.get(title="开始那一秒").timing == "plenary"


def test_namesakes_are_told_apart_and_entered_by_key(c, browse):
    other = people.member("周明远", number="二")
    type(other.person).objects.filter(pk=other.person_id).update(employer="县二中", position="教师")
    page = browse(c.staff).go(NEW)
    assert "周明远（县二中 教师）" in page.text
    page.press(ENTER, scan(), **paper(c, member=other.person_id))
    assert Proposal.objects.get().first_proposer == other.person


def test_who_was_no_member_then(c, browse):
    day = timezone.localdate()
    Member.objects.filter(person=c.author.person).update(ends=day - timedelta(days=3), end_reason="resigned")
    assert "周明远在收到时间" in refused(c, browse)
    assert "不是在任委员，请核对人选或时间" in refused(
        c, browse, member=c.other_member.person_id, cosigners=[c.author.person_id]
    )
    assert "周明远已是第一提案人" in refused(c, browse, cosigners=[c.author.person_id])
    at = moment(timezone.now() - timedelta(days=5))
    browse(c.staff).go(NEW).press(ENTER, scan(), **paper(c, received_at=at))
    assert Proposal.objects.get().first_proposer == c.author.person


def test_oneself_is_refused_at_the_field(c, browse):
    Member.objects.create(person=c.staff.person, term=people.term(), starts=people.LONG_AGO)
    people.appoint(c.staff, c.party, "contact")
    assert "这是您本人，请用“写提案”自己提交。" in refused(c, browse, member=c.staff.person_id)
    assert "您是民盟西平支部的联系人" in refused(c, browse, whose="body", member=None, organization=c.party.pk)


def test_nonsense_is_refused_in_words(c, browse):
    form = browse(c.staff).go(NEW).form(ENTER)
    client = Client()
    client.force_login(c.staff)
    for data in (
        {},
        {"source": "fax", "whose": "x", "member": "a", "received_at": "昨天", "scan": "no-id"},
        {"suggestions-TOTAL_FORMS": "x"},
    ):
        assert client.post(NEW, data).status_code == 400
    assert form.method == "post" and Proposal.objects.count() == 0


def test_only_staff_and_head_open_the_page(c):
    codes = {}
    for role, user in c.roles().items():
        client = Client()
        client.force_login(user)
        codes[role] = {client.get(NEW).status_code, client.post(NEW, {}).status_code}
    assert {role for role, found in codes.items() if found == {200, 400}} == {"staff", "head"}
    assert all(found == {403} for role, found in codes.items() if role not in ("staff", "head"))


def test_a_second_click_enters_it_once(c, browse):
    browser = browse(c.staff)
    for _ in range(2):
        browser.go(NEW).press(ENTER, scan(), **paper(c))
    assert Proposal.objects.count() == 1


def test_queries_of_the_page(c, django_assert_max_num_queries):
    for n in range(3):
        people.member(f"委员{n}")
    client = Client()
    client.force_login(c.staff)
    client.get(NEW)
    with django_assert_max_num_queries(12):
        client.get(NEW)


def test_more_scans_than_a_case_may_carry(c, browse, settings):
    settings.DOCUMENTS_MAX_PER_SUBJECT = 1
    page = browse(c.staff).go(NEW)
    two = {"scan_files": [SimpleUploadedFile(f"第{n}页.png", png()) for n in (1, 2)]}
    page = page.press(ENTER, two, **paper(c))
    assert "扫描件最多 1 个，现在有 2 个，请移除几个，或合成一个 PDF 再上传。" in page.text
    assert (Proposal.objects.count(), Attachment.objects.count()) == (0, 2)
