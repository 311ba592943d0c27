"""The worker with its scheduler as systemd starts it: the unit's own command, on a data folder where nothing is."""

import re
import subprocess
import time

import pytest
from celery import signals
from django.db import connection

from xiping_cppcc import heart
from xiping_cppcc.celery import make_run_folder
from xiping_cppcc.embedded.redis import Redis

from .portal_process import ROOT, end, environment

SECONDS = 60


@pytest.fixture
def broker(tmp_path):
    server = Redis(tmp_path / "broker")
    yield server.start()
    server.stop()


def command_of_the_unit() -> list[str]:
    unit = (ROOT / "deploy" / "systemd" / "portal-worker.service").read_text()
    line = re.search(r"^ExecStart=((?:.*\\\n)*.*)", unit, re.MULTILINE).group(1)
    return line.replace("\\\n", " ").replace("/srv/portal", str(ROOT)).split()


def address_of_the_tests_database() -> str:
    known = connection.settings_dict
    return f"postgres://{known['USER']}@/{known['HOST']}/{known['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_the_first_heartbeat_comes_by_way_of_the_scheduler(tmp_path, broker):
    given = environment(
        tmp_path / "data",
        DATABASE_URL=address_of_the_tests_database(),
        REDIS_URL=broker,
        SECRET_KEY="x1y2z3a4b5-" * 6,
    )
    log = tmp_path / "log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            command_of_the_unit(), cwd=ROOT, env=given, stdout=said, stderr=said, start_new_session=True
        )
    try:
        give_up = time.monotonic() + SECONDS
        while heart.WORKER not in heart.last_beats():
            assert process.poll() is None and time.monotonic() < give_up, log.read_text()
            time.sleep(0.1)
        assert list((tmp_path / "data" / "run").glob("beat-schedule*"))
    finally:
        end(process)
    assert "Traceback" not in log.read_text()


def test_a_folder_that_cannot_be_made_ends_the_worker_with_a_sentence(tmp_path, settings):
    (tmp_path / "file").write_text("")
    settings.RUN_FOLDER = tmp_path / "file" / "run"
    with pytest.raises(SystemExit, match="PORTAL_DATA"):
        make_run_folder()


@pytest.mark.django_db
def test_a_worker_alone_does_not_look_alive():
    """With the scheduler dead nothing is sent, however ready the worker."""
    signals.worker_ready.send(sender=None)
    assert heart.WORKER not in heart.last_beats()
