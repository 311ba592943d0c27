"""6,000 proposals to .xlsx: at most a minute and 400 MB, and the pages go on as before."""

import json
import os
import statistics
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from exports import files, jobs, limits, lists
from exports.making import Order
from exports.models import ExportRecord, Job
from exports.views.asking import begin_job
from proposals.models import Assignment, Proposal
from tests.factories import county as make

SIZE = 6_000
# The peak is read from /proc: what getrusage gives a child begins with the memory of the process that started it.
BEGIN = """
import json, os, re, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
"""
PROGRAM = (
    BEGIN
    + """
from exports import files, making
from members.models import User
order = making.Order("proposals", "scope=all", "internal", tuple(sys.argv[3].split(",")))
began, steps = time.monotonic(), []
name, rows = making.write(files.new_path(".xlsx"), order, User.objects.get(pk=sys.argv[2]), lambda *at: steps.append(at))
print(json.dumps({"rows": rows, "seconds": time.monotonic() - began, "reports": len(steps),
                  "megabytes": int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1]) / 1024}))
"""
)
WORKER = (
    BEGIN
    + """
from exports import running
print(running.run_waiting())
"""
)


def started(program: str, *more: str) -> subprocess.Popen:
    command = [sys.executable, "-c", program, connection.settings_dict["NAME"], *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)


def many(c, size: int) -> None:
    """So many proposals, each with two units."""
    Proposal.objects.bulk_create(
        Proposal(session=c.session, first_proposer=c.author.person, title=f"关于第{n}件民生实事的提案", situation="情况" * 400,
                 business_category=c.business, state="handling", serial=n, receipt_number=f"11-4-{n:06d}",
                 submitted_at="2026-04-21T09:00+08:00", filed_at="2026-04-25T09:00+08:00")
        for n in range(1, size + 1)
    )  # fmt: skip
    moment = "2026-05-01T09:00+08:00"
    for position, unit in enumerate((c.unit, c.other_unit)):
        Assignment.objects.bulk_create(
            Assignment(proposal=row, unit=unit, kind="separate", position=position, state="handling", first_assigned_at=moment,
                       assigned_at=moment, due_on="2026-08-01")
            for row in Proposal.objects.only("pk")
        )  # fmt: skip


def page_times(client: Client, until) -> list[float]:
    """Milliseconds of one page after another, a moment apart."""
    found = []
    while until(len(found)):
        began = time.monotonic()
        assert client.get("/proposals/?scope=all").status_code == 200
        found.append((time.monotonic() - began) * 1000)
        time.sleep(0.1)
    return found


@pytest.mark.campaign
@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
def test_six_thousand_proposals(capsys, tmp_path):
    c = make.county()
    many(c, SIZE)
    client = Client()
    client.force_login(c.staff)
    page_times(client, lambda n: n < 5)
    before = page_times(client, lambda n: n < 20)
    columns = ",".join(one.key for one in lists.named("proposals").columns)
    with started(PROGRAM, str(c.staff.pk), columns) as process:
        during = page_times(client, lambda n: process.poll() is None)
        told = json.loads(process.stdout.read().splitlines()[-1])
    with capsys.disabled():
        print(f"\n{told['rows']} 件提案：{told['seconds']:.1f} 秒，{told['megabytes']:.0f} MB，报告进度 {told['reports']} 次；"
              f"列表页 {statistics.median(before):.0f} 毫秒，导出时 {statistics.median(during):.0f} 毫秒")  # fmt: skip
    assert told["rows"] == SIZE and told["seconds"] <= 60 and told["megabytes"] <= 400 and told["reports"] >= SIZE / 50
    assert statistics.median(during) <= max(300, 2 * statistics.median(before))


@pytest.mark.campaign
@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
def test_workers_that_are_really_killed(capsys):
    """Killed in the middle of its work, again and again; then two at once make the file, and one of them only."""
    c = make.county()
    many(c, 2_000)
    columns = tuple(one.key for one in lists.named("proposals").columns)
    job = begin_job(c.staff, Order("proposals", "scope=all", "internal", columns))
    for claim in range(1, limits.TRIES):
        with started(WORKER) as worker:
            while (job := Job.objects.get(pk=job.pk)).done == 0 or job.claim < claim:
                time.sleep(0.02)
            worker.kill()
        assert (job.status, job.claim) == ("running", claim)
        Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - limits.LEASE - timedelta(seconds=1))
    both = [started(WORKER), started(WORKER)]
    assert sorted(worker.communicate()[0].strip() for worker in both) == ["0", "1"]
    job.refresh_from_db()
    assert (job.status, job.total, job.claim) == ("done", 2_000, limits.TRIES)
    assert ExportRecord.objects.get().rows == 2_000 and files.path_of(job.stored).exists()
    # Stopped in the middle: how long until the worker hears of it.
    job = begin_job(c.head, Order("proposals", "scope=all", "internal", columns))
    with started(WORKER):
        while Job.objects.get(pk=job.pk).done == 0:
            time.sleep(0.02)
        began = time.monotonic()
        jobs.cancel(job)
        while Job.objects.get(pk=job.pk).status == "running":
            time.sleep(0.02)
        took = time.monotonic() - began
    with capsys.disabled():
        print(f"\n取消后 {took:.1f} 秒停下")
    assert Job.objects.get(pk=job.pk).status == "cancelled" and took <= 2
