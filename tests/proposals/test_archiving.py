"""归档: one case as a .zip, a session's as a job that can be watched and cancelled; names that mean harm; who may."""

import csv
import hashlib
import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from docx import Document

from documents.models import Attachment
from proposals.acts import AssignmentAct, ProposalAct
from proposals.archives import jobs, naming, session_file
from proposals.models import ArchiveJob, ArchiveStatus, PaperExport, Proposal, Supervision
from proposals.papers.reply_text import unit_names
from tests.documents.files import png
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Refused, TooLate
from workflow.models import Event

pytestmark = pytest.mark.django_db

HOSTILE = (
    "../../etc/passwd",
    "..\\..\\窗口.png",
    "CON.txt",
    "现场 照片.png",
    "现场 照片.png",
    "现场 照片.PNG",
    "a" * 250 + ".png",
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archives"
    return settings.ARCHIVE_FOLDER


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def closed(c, title: str = "关于加强校园周边交通管理的提案") -> Proposal:
    mine = make.replied(c, make.signed(c, title=title))
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    return Proposal.objects.get(pk=mine.proposal_id)


def attached(proposal: Proposal, name: str, content: bytes = b"") -> Attachment:
    """A row as an older release may have left it: the name is whatever it is."""
    content = content or png()
    row = Attachment(
        name=name[:255], size=len(content), content_type="image/png", sha256=hashlib.sha256(content).hexdigest(),
        subject="proposals.proposal", subject_id=proposal.pk,
    )  # fmt: skip
    row.file.save(name[-20:], ContentFile(content), save=False)
    row.save()
    return row


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def text_of(content: bytes) -> list[str]:
    return [line.text for line in Document(io.BytesIO(content)).paragraphs]


def listed(archive: zipfile.ZipFile, folder: str = "") -> dict[str, tuple[int, str]]:
    lines = archive.read(f"{folder}目录.txt").decode("utf-8-sig").split("\r\n")
    rows = [line.split("\t") for line in lines if line.count("\t") == 2][1:]
    return {name: (int(size), digest) for name, size, digest in rows}


def test_the_whole_case_in_one_file(c):
    proposal = closed(c)
    attached(proposal, "现场照片.png")
    answer = of(c.staff).get(f"/proposals/{proposal.pk}/archive/")
    archive = opened(answer)
    names = archive.namelist()
    assert names == [
        "01_提案原文.docx", "01_历次文字.docx", "02_001号_立案通知书_周明远.docx",
        "02_提案交办单.docx", "03_答复函_县教育局_第1轮.docx", "03_答复和评价_县教育局_第1轮.docx",
        "04_办理记录.docx", "04_办理记录.csv", "附件/现场照片.png", "目录.txt",
    ]  # fmt: skip
    assert all(info.flag_bits & 0x800 for info in archive.infolist()) and archive.testzip() is None
    assert listed(archive) == {
        name: (len(archive.read(name)), hashlib.sha256(archive.read(name)).hexdigest()) for name in names[:-1]
    }
    assert {"情况分析", "具体建议", "1．增设减速带", "2．错时上下学"} <= set(text_of(archive.read("01_提案原文.docx")))
    reply = text_of(archive.read("03_答复和评价_县教育局_第1轮.docx"))
    assert "您提出的提案收悉，现答复如下。" in reply and "周明远：办理工作满意，办理结果满意。" in reply
    table = list(csv.reader(io.StringIO(archive.read("04_办理记录.csv").decode("utf-8-sig"))))
    assert [row[1] for row in table][:3] == ["事项", "起草", "提交"] and table[-1][1] == "办结"
    assert len(table) - 1 == Event.objects.filter(case_id=proposal.pk).count()
    assert "案卷保存期限不少于 20 年。" in archive.read("目录.txt").decode("utf-8-sig")
    assert PaperExport.objects.get(what="提案案卷").proposal == proposal


def test_papers_of_ratings_replies_and_supervision_are_in_it(c):
    """Two shares of one unit's name each keep their paper; a voided rating is marked; 提案质量 stands below."""
    share = make.rated_and_published(c)
    proposal = Proposal.objects.get(pk=share.proposal_id)
    reply, record = share.replies.get(), Supervision.objects.create(
        proposal=proposal, form="visit", on=timezone.localdate(), findings="已看", recorded_by=c.staff, recorded_at=timezone.now()
    )  # fmt: skip
    for subject, pk in (("rating", share.pk), ("reply_scan", reply.pk), ("supervision", record.pk)):
        row = attached(proposal, f"{subject}.png")
        Attachment.objects.filter(pk=row.pk).update(subject=f"proposals.{subject}", subject_id=pk)
    perform(AssignmentAct.VOID_RATING, share, c.head, {"rating": reply.ratings.get().pk, "reason": "填错一栏"})
    on_paper = {**make.rating(), "person": c.author.person_id, "scan": make.scan(c.staff).pk}
    perform(AssignmentAct.RATE_BY_PROXY, share, c.staff, on_paper)
    archive = opened(of(c.staff).get(f"/proposals/{proposal.pk}/archive/"))
    assert {"附件/rating.png", "附件/reply_scan.png", "附件/supervision.png"} <= set(archive.namelist())
    words = text_of(archive.read("03_答复和评价_县教育局_第1轮.docx"))
    assert any("已作废：填错一栏" in line for line in words) and any("对提案质量的评价：选题" in line for line in words)


def test_units_of_one_name_keep_their_papers_apart():
    rows = [
        SimpleNamespace(row=SimpleNamespace(pk=pk, unit=name)) for pk, name in ((1, "甲局"), (2, "甲局"), (3, "乙局"))
    ]
    assert unit_names(SimpleNamespace(shares=rows)) == {1: "甲局", 2: "甲局_2", 3: "乙局"}


def test_names_that_mean_harm(c):
    proposal = closed(c)
    for name in HOSTILE:
        attached(proposal, name)
    attached(proposal, "丢失.png").file.delete(save=False)
    archive = opened(of(c.staff).get(f"/proposals/{proposal.pk}/archive/"))
    found = [name for name in archive.namelist() if name.startswith("附件/")]
    assert found == [
        "附件/／..／etc／passwd", "附件/＼..＼窗口.png", "附件/_CON.txt", "附件/现场 照片.png", "附件/现场 照片（2）.png",
        "附件/现场 照片（3）.PNG", f"附件/{'a' * 76}.png",
    ]  # fmt: skip
    assert all(".." not in name.split("/") and "\\" not in name for name in archive.namelist())
    assert len(set(archive.namelist())) == len(archive.namelist())
    assert "丢失.png" in archive.read("缺少的附件.txt").decode("utf-8-sig")
    assert naming.safe("\u202egnp.exe\x00") == "gnp.exe" and naming.safe("...") == "未命名"


def test_a_sessions_archive_is_made_in_the_background(c, folder, django_capture_on_commit_callbacks):
    first, second = closed(c), closed(c, "关于修补乡道的提案")
    rejected = make.reviewed(c, title="涉及秘密的提案")
    perform(ProposalAct.MOVE_OFFLINE, rejected, c.head, {"reason": "转线下"})
    rejected.refresh_from_db()
    waiting = make.assigned(c, title="正在办理的提案")
    client = of(c.staff)
    page = client.get("/proposals/archives/").content.decode()
    assert page.count("生成案卷") == 1
    answer = client.post("/proposals/archives/", {"session": c.session.pk})
    job = ArchiveJob.objects.get()
    assert answer.url == f"/proposals/archives/{job.pk}/" and "等待开始" in client.get(answer.url).content.decode()
    assert "正在生成" in client.post("/proposals/archives/", {"session": c.session.pk}, follow=True).content.decode()
    assert jobs.run(str(job.pk)) is True and jobs.run(str(job.pk)) is False
    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.left_out) == (ArchiveStatus.DONE, 3, 3, 1)
    taken = client.get(f"/proposals/archives/{job.pk}/file/")
    content = b"".join(taken.streaming_content)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (job.size, job.sha256)
    archive = zipfile.ZipFile(io.BytesIO(content))
    folders = {name.split("/")[0] for name in archive.namelist() if "/" in name}
    stub = f"流水号{rejected.receipt_number}_已转线下办理"
    assert folders == {f"001号_{first.title}", f"002号_{second.title}", stub}
    assert sorted(n for n in archive.namelist() if n.startswith(stub)) == [f"{stub}/目录.txt", f"{stub}/说明.txt"]
    assert (
        len(listed(archive)) == len(archive.namelist()) - 1 and waiting.title not in archive.read("目录.txt").decode()
    )
    assert "另有 1 件尚未办结，没有归入。" in archive.read("目录.txt").decode("utf-8-sig")
    assert list(PaperExport.objects.filter(what__contains="届次案卷").values_list("what", "count")) == [
        ("届次案卷（十一届四次会议）", 3), ("申请生成届次案卷（十一届四次会议）", 3),
    ]  # fmt: skip
    # A case of the session goes offline: what was made before holds its words and goes too.
    again = make.reviewed(c, title="也涉及秘密的提案")
    with django_capture_on_commit_callbacks(execute=True):
        perform(ProposalAct.MOVE_OFFLINE, again, c.head, {"reason": "转线下"})
    assert client.get(f"/proposals/archives/{job.pk}/file/").status_code == 409 and list(folder.glob("*.zip")) == []
    job = jobs.start(c.session, c.staff)
    assert jobs.tend() == 1 and client.get(f"/proposals/archives/{job.pk}/file/").status_code == 200
    # The link expires, and the file goes with it.
    ArchiveJob.objects.filter(pk=job.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(f"/proposals/archives/{job.pk}/file/").status_code == 409
    assert jobs.tend() == 1 and list(folder.glob("*.zip")) == []
    assert set(ArchiveJob.objects.values_list("status", flat=True)) == {ArchiveStatus.EXPIRED}


def test_a_job_can_be_cancelled_and_one_that_fails_says_why(c, folder, monkeypatch):
    closed(c), closed(c, "关于修补乡道的提案")
    waiting = jobs.start(c.session, c.staff)
    jobs.cancel(waiting)
    assert jobs.run(str(waiting.pk)) is False
    running = jobs.start(c.session, c.staff)
    real, client = session_file.case_file.write, of(c.head)

    def cancelled_meanwhile(archive, filed, where):
        real(archive, filed, where)
        client.post(f"/proposals/archives/{running.pk}/cancel/")

    monkeypatch.setattr(session_file.case_file, "write", cancelled_meanwhile)
    assert jobs.run(str(running.pk)) is False
    running.refresh_from_db()
    assert (running.status, running.done, list(folder.glob("*"))) == (ArchiveStatus.CANCELLED, 0, [])
    with pytest.raises(TooLate):
        jobs.cancel(running)
    monkeypatch.setattr(session_file.case_file, "write", _full_disk)
    failed = jobs.start(c.session, c.staff)
    assert jobs.run(str(failed.pk)) is False
    failed.refresh_from_db()
    assert (failed.status, failed.note) == (
        ArchiveStatus.FAILED,
        "写文件没有成功（No space left on device），请系统管理员检查磁盘空间后再试。",
    )
    # A worker that died is followed by another; one that is alive is left alone.
    monkeypatch.setattr(session_file.case_file, "write", real)
    lost = jobs.start(c.session, c.staff)
    ArchiveJob.objects.filter(pk=lost.pk).update(status=ArchiveStatus.RUNNING, beat_at=timezone.now())
    assert jobs.run(str(lost.pk)) is False
    ArchiveJob.objects.filter(pk=lost.pk).update(beat_at=timezone.now() - timedelta(hours=1))
    assert jobs.tend() == 1 and ArchiveJob.objects.get(pk=lost.pk).status == ArchiveStatus.DONE


def _full_disk(archive, filed, where):
    raise OSError(28, "No space left on device")


def test_putting_away_is_an_act(c):
    proposal = closed(c)
    client = of(c.staff)
    assert f"/proposals/{proposal.pk}/acts/archive/" in client.get(proposal.get_absolute_url()).content.decode()
    perform(ProposalAct.ARCHIVE, proposal, c.staff)
    event = Event.objects.get(case_id=proposal.pk, act="archive")
    proposal.refresh_from_db()
    assert (proposal.archived_at, event.actor) == (event.happened_at, c.staff)
    with pytest.raises(Refused) as refused:
        perform(ProposalAct.ARCHIVE, proposal, c.head)
    assert refused.value.sentence == "这件提案已经归档。"
    listed = {
        value: client.get(f"/admin/proposals/proposal/?archived={value}").content.decode() for value in ("yes", "no")
    }
    assert (proposal.title in listed["yes"], proposal.title in listed["no"]) == (True, False)


def test_the_committee_alone(c):
    proposal, open_one = closed(c), make.assigned(c, title="正在办理的提案")
    job = jobs.start(c.session, c.staff)
    jobs.run(str(job.pk))
    addresses = [
        ("get", f"/proposals/{proposal.pk}/archive/"), ("get", f"/proposals/{open_one.pk}/archive/"), ("get", "/proposals/archives/"),
        ("get", f"/proposals/archives/{job.pk}/"), ("get", f"/proposals/archives/{job.pk}/file/"),
        ("post", f"/proposals/archives/{job.pk}/cancel/"), ("post", "/proposals/archives/"), ("get", "/proposals/999999/archive/"),
    ]  # fmt: skip
    codes = {
        role: [getattr(of(user), method)(url).status_code for method, url in addresses]
        for role, user in c.roles().items()
    }
    keepers = [200, 409, 200, 200, 200, 302, 302, 404]
    assert codes == dict.fromkeys(c.roles(), [403] * 8) | {"staff": keepers, "head": keepers}
