"""The register of long work, and what a person does with a job: begin it, stop it, take its file.

An app registers its kinds in AppConfig.ready():

    jobs.register("compilation", "提案汇编", work)

    def work(parameters: dict, person: User, report: Report) -> Made: ...

`parameters` is JSON. `person` is read anew when the work begins: what they may see is asked then, not when they
pressed the button. `report(done, total)` is called after every step, at least once a minute; it raises Cancelled when
the person stopped the job or another worker has it. The work lets that pass, and tidies up what it made elsewhere;
a file at `files.new_path(suffix)` is removed without its doing. `Made.name` is what the person sees, `Made.path`
where the file is; it is moved from there. `Refused` raised by the work ends the job with its sentence.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from members.posts import posts_of
from notices import wake
from workflow.errors import NotFound, Refused, TooLate

from . import limits
from .models import Job, JobStatus

TASK = "exports.make_files"


class Cancelled(Exception):
    """The person stopped the job, or another worker has it."""


@dataclass(frozen=True)
class Made:
    """`rows`: how many rows or cases the file holds; without it what was reported counts."""

    name: str
    path: Path
    rows: int | None = None


Report = Callable[[int, int], None]
Work = Callable[[dict, object, Report], Made]


@dataclass(frozen=True)
class Kind:
    key: str
    label: str
    work: Work


_kinds: dict[str, Kind] = {}


def register(kind: str, label: str, work: Work) -> None:
    _kinds[kind] = Kind(kind, label, work)


def kind_named(key: str) -> Kind | None:
    return _kinds.get(key)


def start(kind: str, person, parameters: dict, label: str = "", total: int = 0) -> Job:
    """A waiting job; the one that is under way already when the same is asked again. Raises Refused for too many."""
    with transaction.atomic():
        get_user_model().objects.select_for_update(of=("self",)).only("pk").get(pk=person.pk)
        mine = Job.objects.of(person).under_way()
        same = mine.filter(kind=kind, parameters=parameters, cancel_asked=False).first()
        if same is not None:
            return same
        if mine.count() >= limits.MOST_WAITING:
            raise Refused(
                f"您已有 {limits.MOST_WAITING} 项导出在排队。", "请等它们完成，或在“我的导出”里取消几项后再来。"
            )
        job = Job.objects.create(
            owner=person, kind=kind, label=(label or _kinds[kind].label)[:200], parameters=parameters, total=total,
            standing=standing(person),
        )  # fmt: skip
        transaction.on_commit(lambda: wake.soon(TASK))
    return job


def standing(person) -> str:
    """What the person was when the file was made. One who has lost or changed a post makes the file again."""
    posts = posts_of(person, fresh=True)
    held = sorted(f"{one.post}@{one.organization_id}" for one in posts.held)
    said = "|".join([*held, *sorted(posts.duties), f"member={posts.is_member}", f"chair={posts.is_chair}"])
    return hashlib.sha256(said.encode()).hexdigest()


def own(person, pk) -> Job:
    """Raises NotFound for everybody else's."""
    job = Job.objects.of(person).filter(pk=pk).first()
    if job is None:
        raise NotFound
    return job


def cancel(job: Job) -> None:
    """A waiting job, or one whose worker died, ends at once; a running one with its next report. Raises TooLate."""
    now = timezone.now()
    mine = Job.objects.filter(pk=job.pk)
    at_once = {"status": JobStatus.CANCELLED, "cancel_asked": True, "finished_at": now, "slot": None}
    if mine.filter(status=JobStatus.WAITING).update(**at_once) or mine.lost().update(**at_once):
        return
    if not mine.filter(status=JobStatus.RUNNING).update(cancel_asked=True):
        raise TooLate("这项导出已经结束，不能取消。", "请刷新页面查看结果。")


def takeable(job: Job, person) -> None:
    """Raises TooLate when the file cannot be had any more, and says why."""
    again = "请重新导出一份。"
    if not job.may_be_taken:
        raise TooLate("这份文件还没有生成，或者下载期限已过。", again)
    if job.standing != standing(person):
        raise TooLate("这份文件是按您原来的职务生成的，您的职务已有变化，不能再下载。", again)
