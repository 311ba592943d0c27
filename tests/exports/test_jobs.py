"""Long work: waits its turn, is watched and stopped, survives its worker, is made once, expires, is its owner's alone."""

import io
import os
import tempfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from docx import Document

from documents.papers.templates import filling, versions
from documents.papers.templates.kinds import register
from exports import files, jobs, limits, running, tending, workers
from exports.jobs import Cancelled, Made
from exports.models import ExportRecord, Job, JobStatus
from exports.tasks import make_files, remove_files
from notices.models import Message
from proposals.acts import ProposalAct
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Refused, TooLate
from xiping_cppcc import heart

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return make.county()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EXPORT_FOLDER = tmp_path / "exports"
    return settings.EXPORT_FOLDER


@pytest.fixture
def work(monkeypatch):
    """The register holds one kind of work; a test puts in what happens between its two steps."""
    told = {"between": lambda: None, "runs": 0}

    def count_to_two(parameters, person, report):
        told["runs"] += 1
        path = files.new_path(".txt")
        path.write_text(parameters["text"])
        report(1, 2)
        told["between"]()
        report(2, 2)
        return Made("结果.txt", path)

    monkeypatch.setattr(limits, "BEAT_EVERY", 0)
    monkeypatch.setitem(jobs._kinds, "count", jobs.Kind("count", "数到二", count_to_two))
    return told


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def begin(user, text: str = "甲") -> Job:
    return jobs.start("count", user, {"text": text}, f"数到二（{text}）", 2)


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.status


def test_from_waiting_to_a_file_that_only_its_owner_takes(c, work, folder, django_capture_on_commit_callbacks):
    job, mine = begin(c.staff), of(c.staff)
    assert begin(c.staff).pk == job.pk  # pressed twice
    here = f"/exports/{job.pk}/"
    page = mine.get(here).content.decode()
    assert "正在排队" in page and workers.SILENT in page and 'hx-trigger="every 2s"' in page
    heart.beat(heart.WORKER)
    assert workers.SILENT not in mine.get(here).content.decode()
    assert mine.get(f"{here}file/").status_code == 409  # not there yet
    assert (make_files(), make_files()) == (1, 0) and work["runs"] == 1
    assert state(job) == JobStatus.DONE and (job.done, job.total, job.slot) == (2, 2, None)
    answer = mine.get(f"{here}file/")
    assert b"".join(answer.streaming_content).decode() == "甲"
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "private, no-store"
    assert mine.head(f"{here}file/").status_code == 200
    assert list(ExportRecord.objects.order_by("pk").values_list("step", "what", "rows", "door", "job")) == [
        ("made", "数到二（甲）", 2, "task", job.pk), ("taken", "数到二（甲）", 2, "portal", job.pk),
    ]  # fmt: skip
    told = Message.objects.get(recipient=c.staff)
    assert (told.subject, told.url) == ("导出的文件已生成", here)
    assert "下载文件" in mine.get(here).content.decode() and "数到二（甲）" in mine.get("/exports/").content.decode()
    for other in (c.head, c.administrator, c.author):
        client = of(other)
        assert [client.get(f"{here}{more}").status_code for more in ("", "file/")] == [404, 404]
        assert client.post(f"{here}cancel/").status_code == 404
        assert "数到二" not in client.get("/exports/").content.decode()
    assert mine.get(f"/exports/{uuid4()}/").status_code == 404
    assert Client().get(here).url.startswith("/login/")
    # Who has another post by now makes it again; who has not taken it in a week, too.
    people.appoint(c.staff, c.unit, "operator")
    assert "职务已有变化" in mine.get(f"{here}file/").content.decode()
    Job.objects.filter(pk=job.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert mine.get(f"{here}file/").status_code == 409 and "下载期限已过" in mine.get(here).content.decode()
    assert (remove_files(), remove_files()) == (1, 0)
    assert list(folder.iterdir()) == [] and state(job) == JobStatus.EXPIRED


def test_the_papers_of_a_job_take_the_templates_that_staff_chose(c, work):
    kind = register()["assist_opinion"]
    template, out = Document(io.BytesIO(filling.start_of(kind))), io.BytesIO()
    template.add_paragraph("县里的一行")
    template.save(out)
    versions.use(kind, "县.docx", out.getvalue(), c.staff)
    made = []
    work["between"] = lambda: made.append(filling.made(kind, kind.example()))
    begin(c.staff)
    assert running.run_waiting() == 1
    assert Document(io.BytesIO(made[0])).paragraphs[-1].text == "县里的一行"


def test_one_at_a_time_for_each_person_and_place(c, work, settings):
    settings.WORKER_PROCESSES = 3
    first, second, other, third = begin(c.staff, "一"), begin(c.staff, "二"), begin(c.head, "三"), begin(c.author, "四")
    assert running.take_next() == first and running.take_next() == other
    assert running.take_next() is None  # the owner of the second is served already, the third finds no place
    assert [state(job) for job in (first, second, other, third)] == ["running", "waiting", "running", "waiting"]
    assert Job.objects.filter(status="running").values_list("slot", flat=True).distinct().count() == 2
    Job.objects.filter(pk=first.pk).update(status=JobStatus.DONE, slot=None)
    assert (running.take_next(), running.take_next()) == (second, None)
    for n in range(limits.MOST_WAITING):
        begin(c.operator, str(n))
    with pytest.raises(Refused, match="在排队"):
        begin(c.operator, "多")


def test_stopping(c, work, folder):
    waiting = begin(c.staff, "等")
    of(c.staff).post(f"/exports/{waiting.pk}/cancel/")
    assert state(waiting) == JobStatus.CANCELLED
    with pytest.raises(TooLate):
        jobs.cancel(waiting)
    going = begin(c.staff, "做")
    work["between"] = lambda: jobs.cancel(going)
    assert running.run_waiting() == 0 and state(going) == JobStatus.CANCELLED
    # Stopped in the very last moment: the file is there, but the job is not done.
    late = begin(c.staff, "晚")
    work["between"] = lambda: None
    job = running.take_next()
    made = running._work(job)
    jobs.cancel(late)
    with pytest.raises(Cancelled):
        running._finish(job, made)
    running._end(job, JobStatus.CANCELLED)
    assert state(late) == JobStatus.CANCELLED and ExportRecord.objects.count() == 0
    assert [path.read_text() for path in folder.iterdir()] == ["做"]  # cut off; tending removes it when it is a day old
    for path in folder.iterdir():
        old = (timezone.now() - timedelta(days=2)).timestamp()
        os.utime(path, (old, old))
    assert tending.remove_expired() == 1


def test_a_killed_workers_job_is_begun_again_and_made_once(c, work, folder):
    job = begin(c.staff)
    killed = running.take_next()
    assert running.take_next() is None  # its worker lives, as far as anybody knows
    gone = timezone.now() - limits.LEASE - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(beat_at=gone)

    # The worker was not dead: it comes back when another has the job, and may write nothing.
    def it_comes_back():
        work["between"] = lambda: None
        with pytest.raises(Cancelled):
            running.Reporter(killed)(1, 2)
        assert running._do(killed) is False

    work["between"] = it_comes_back
    assert call_command("run_jobs") is None
    assert state(job) == JobStatus.DONE and (job.claim, job.done) == (2, 2)
    assert ExportRecord.objects.count() == 1 and Message.objects.count() == 1
    assert files.path_of(job.stored).read_text() == "甲"
    # One that kills every worker is given up; one that was stopped before its worker died has ended.
    bad, stopped = begin(c.head, "坏"), begin(c.author, "停")
    Job.objects.filter(pk=bad.pk).update(status="running", slot=0, claim=limits.TRIES, beat_at=gone)
    Job.objects.filter(pk=stopped.pk).update(status="running", slot=1, claim=1, beat_at=gone, cancel_asked=True)
    assert running.run_waiting() == 0
    assert (state(bad), state(stopped)) == (JobStatus.FAILED, JobStatus.CANCELLED)
    assert "没有完成" in of(c.head).get(f"/exports/{bad.pk}/").content.decode()
    # Stopping one whose worker is gone needs no worker.
    dead = begin(c.head, "死")
    Job.objects.filter(pk=dead.pk).update(status="running", slot=0, claim=1, beat_at=gone)
    jobs.cancel(dead)
    assert state(dead) == JobStatus.CANCELLED


def test_what_a_killed_worker_left_of_a_workbook_goes_after_a_day(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new = tmp_path / "openpyxl.old", tmp_path / "openpyxl.new"
    for path in (old, new):
        path.write_text("周明远")
    os.utime(old, (0, 0))
    assert tending.remove_expired() == 0
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.parametrize(("fault", "said"), [
    (OSError(28, "No space left on device"), "磁盘空间"), (ZeroDivisionError(), "生成中出错"),
    (Refused("这个列表现在不能看。", "请重新登录。"), "请重新登录"),
])  # fmt: skip
def test_what_goes_wrong_is_said_in_words(c, work, fault, said):
    def fail():
        raise fault

    work["between"], job = fail, begin(c.staff)
    assert make_files() == 0 and state(job) == JobStatus.FAILED
    page = of(c.staff).get(f"/exports/{job.pk}/").content.decode()
    assert said in page and "Traceback" not in page and "ZeroDivision" not in page
    assert Message.objects.get().subject == "导出没有成功"


def test_a_closed_account_gets_nothing(c, work):
    job = begin(c.staff)
    c.staff.is_active = False
    c.staff.save()
    assert make_files() == 0 and state(job) == JobStatus.FAILED and work["runs"] == 0


def test_a_case_that_goes_offline_leaves_no_file(c, work, folder, django_capture_on_commit_callbacks):
    ready, waiting = begin(c.staff, "好"), begin(c.head, "后")
    Job.objects.filter(pk=waiting.pk).update(cancel_asked=True)
    make_files()
    Job.objects.filter(pk=waiting.pk).update(cancel_asked=False)
    secret = make.reviewed(c)
    with django_capture_on_commit_callbacks(execute=True):
        perform(ProposalAct.MOVE_OFFLINE, secret, c.head, {"reason": "转线下"})
    assert (state(ready), state(waiting)) == (JobStatus.EXPIRED, JobStatus.CANCELLED)
    assert list(folder.iterdir()) == [] and of(c.staff).get(f"/exports/{ready.pk}/file/").status_code == 409
    assert "转线下" in of(c.staff).get(f"/exports/{ready.pk}/").content.decode()
