"""Marks of secrecy: how they are written, what is no mark, where the writer and the reviewers are told."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.models import Attachment, Scan
from documents.secrecy.matching import found
from proposals import drafting
from proposals.acts import ChangeRequestAct, ProposalAct
from proposals.defaults import MARKS, PHRASES
from proposals.history import timeline
from proposals.models import Proposal, SecrecyMark
from tests.documents import files
from tests.factories import county as make
from tests.proposals.views.pages import Browser
from workflow.engine import perform

LIST = [(word, "mark") for word in MARKS] + [(word, "phrase") for word in PHRASES]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★10年", "机密★10年"), ("秘 密 ★ 1 年", "秘 密 ★ 1 年"), ("绝　密", "绝 密"), ("绝密★长期", "绝密★长期"),
        ("000001\n机密★1年\n特急", "机密★1年"), ("机密　特急", "机密 特急"), ("密级：机密级", "密级:机密"),
        ("关于防汛工作的报告（机密）", "机密"), ("【内部资料】", "内部资料"), ("机密★３０年", "机密★30年"),
        ("本件属内部资料，注意保存。", "内部资料,注意保存"), ("内部文件★注意保存", "内部文件★注意保存"),
        ("（不得外传）", "不得外传"), ("工作秘密★3年", "工作秘密★3年"), ("机密*10年", "机密*10年"),
        ("机\u200b密★", "机密★"), ("秘密★6个月", "秘密★6个月"), ("本资料未经批准，不得外传。", "未经批准,不得外传"),
    ],
)  # fmt: skip
def test_marks_as_papers_carry_them(text, mark):
    assert found(text, LIST) == [mark]


@pytest.mark.parametrize(
    "text",
    [
        "加强商业秘密保护", "机密性、完整性和可用性", "保守国家秘密和工作秘密是公民义务", "揭开大自然的秘密",
        "非遗秘方不得外传的老规矩要改", "按绝密、机密、秘密三级管理", "依托内部资料分析", "请注意保存好票据",
        "《机密》是一本书", "商业秘密★保护", "把群众的秘密\n留在心里", "涉密人员培训", "妥善保管公章", "**秘密**花园",
    ],
)  # fmt: skip
def test_ordinary_words_do_not_cry_wolf(text):
    assert found(text, LIST) == []


def test_a_long_text_is_looked_through_in_no_time():
    for text in ("机" * 100_000, " " * 100_000, "机 " * 50_000, "内部资料 " * 20_000):
        started = time.monotonic()
        assert found(text, LIST) == []
        assert time.monotonic() - started < 2


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def marked(c):
    """The author's draft with a mark in the text and one in a file, and a picture nobody can read."""
    proposal = make.draft(c, suggestions=("增设减速带", "内部资料 注意保存"))
    files_of = [upload("县里的打算.txt", "机密★10年\n正文".encode()), upload("照片.png", files.png())]
    page = Browser(c.client, c.author).go(f"/proposals/{proposal.pk}/edit/")
    return proposal, page.press("保存草稿", files={"attachments_files": files_of})


@pytest.fixture
def c(c, client):
    c.client = client
    return c


WARNING = "文字或附件里有像密级、内部标志的字样"


@pytest.mark.django_db
def test_the_writer_is_told_where_and_is_not_held_up(c, marked):
    proposal, page = marked
    places = ["具体建议第 2 条：内部资料 注意保存", "附件“县里的打算.txt”：机密★10年"]
    assert {file.name: (file.scan, file.marks) for file in Attachment.objects.all()} == {
        "县里的打算.txt": (Scan.DONE, ["机密★10年"]), "照片.png": (Scan.PICTURE, []),
    }  # fmt: skip
    for shown in (page, page.browser.go(f"/proposals/{proposal.pk}/check/")):
        assert WARNING in shown.text
        assert [text for text, href in shown.links if "：" in text and "#" in href] == places
        assert "照片.png：是图片，文字无法检查" in shown.text
    assert shown.press("提交").url == f"/proposals/{proposal.pk}/receipt/"


@pytest.mark.django_db
def test_reviewers_are_told_and_nobody_else(c, marked):
    proposal, _page = marked
    event = perform(ProposalAct.SUBMIT, Proposal.objects.get(), c.author)
    signs = ["具体建议第 2 条：内部资料 注意保存", "附件第 1 个：机密★10年"]
    assert event.data["secrecy_signs"] == Proposal.objects.get().secrecy_signs == signs
    for user, told in ((c.reviewer, True), (c.author, False)):
        row = Proposal.objects.with_roles_of(user).get()
        assert (["涉密标志字样", "；".join(signs)] in timeline(row, user)[-1]["shown"]) == told
        c.client.force_login(user)
        page = c.client.get(f"/proposals/{proposal.pk}/").content.decode()
        assert ("有涉密标志字样，请先核对" in page) == told
        assert ("有涉密标志字样" in c.client.get("/proposals/?scope=all").content.decode()) == told


@pytest.mark.django_db
def test_autosave_says_it_too_and_a_clean_text_says_nothing(c):
    proposal = make.draft(c)
    c.client.force_login(c.author)
    form = {
        "title": "关于停车的提案",
        "suggestions-TOTAL_FORMS": "0",
        "suggestions-INITIAL_FORMS": "0",
        "version": proposal.version,
    }
    answer = c.client.post(f"/proposals/{proposal.pk}/autosave/", form | {"situation": "绝密★20年"}).json()
    assert answer["warnings"] == [{"text": "情况分析：绝密★20年", "at": "#id_situation"}]
    form["version"] = answer["version"]
    answer = c.client.post(f"/proposals/{proposal.pk}/autosave/", form | {"situation": "停车难"}).json()
    assert answer["warnings"] == []


@pytest.mark.django_db
def test_the_committee_keeps_the_list(c):
    SecrecyMark.objects.filter(word="内部资料注意保存").update(active=False)
    SecrecyMark.objects.create(word="征求意见稿", kind="phrase")
    from documents.secrecy.finding import marks_in

    assert marks_in("内部资料 注意保存（征求意见稿）") == ["征求意见稿"]


@pytest.mark.django_db
def test_a_file_uploaded_for_something_else_is_looked_into_when_it_is_attached(c):
    from documents.uploads import receive
    from proposals import attachments

    file = receive(upload("通知.txt", "秘密★1年".encode()), c.author)
    attachments.keep(make.draft(c), c.author, [str(file.pk)])
    assert Attachment.objects.get().marks == ["秘密★1年"]


MARK = "机密★10年"
SIGN = [f"情况分析：{MARK}"]


@pytest.mark.django_db
def test_every_act_that_changes_the_text_looks_again(c):
    """代录, 分案 and 撤销分案, a granted request, 收回审定: the reviewers are told of what stands there then."""

    def signs(proposal) -> list[str]:
        return Proposal.objects.get(pk=proposal.pk).secrecy_signs

    given = make.received(c)
    entered = make.entered(c, text={**given.text, "situation": MARK})
    assert signs(entered) == SIGN
    case = make.submitted(c)
    second = {"suggestions": [case.suggestions.last().pk], "title": "错时", "situation": MARK, "reason": "两事"}
    perform(ProposalAct.SPLIT, case, c.staff, second)
    assert (signs(case), signs(Proposal.objects.get(split_from=case))) == ([], SIGN)
    perform(ProposalAct.UNDO_SPLIT, case, c.staff, {"reason": "一件事"})
    text = {"title": case.title, "situation": MARK, "suggestions": "增设减速带", "reason": "补充"}
    perform(ProposalAct.ASK_AMEND, case, c.author, text)
    perform(ChangeRequestAct.GRANT, case.change_requests.get(), c.head, {})
    assert signs(case) == SIGN
    perform(ProposalAct.PRE_REVIEW, case, c.reviewer, {"recommendation": "return"})
    due = timezone.localdate().isoformat()
    perform(ProposalAct.RETURN, case, c.head, {"reason": "请改", "change_due_on": due})
    drafting.save(case, c.author, {"situation": "没有标志。"})
    assert signs(case) == []
    Proposal.objects.filter(pk=case.pk).update(change_due_on="2020-01-01")
    perform(ProposalAct.TAKE_BACK, case, c.staff, {"reason": "逾期"})
    assert signs(case) == SIGN
