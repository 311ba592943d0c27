"""The morning of a plenary: 300 people log in within three minutes, real passwords, real servers."""

import http.cookiejar
import re
import statistics
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import pytest

from portal.demo.logins import PASSWORD, ROLES

from .portal_process import end, free_port, manage, start, wait_until_ready

pytestmark = pytest.mark.campaign
PEOPLE, MINUTES, AT_ONCE = 300, 3, 12
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def port(tmp_path):
    data, port = tmp_path / "data", free_port()
    process = start(data, "run_portal", "--port", str(port))
    wait_until_ready(port, process, data)
    yield port
    end(process)
    manage(data, "stop_portal")


def log_in(port: int, name: str) -> float:
    """Seconds from sending the password to the home page."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    door = f"http://127.0.0.1:{port}/login/"
    token = TOKEN.search(browser.open(door, timeout=60).read().decode())[1]
    data = urllib.parse.urlencode({"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token})
    began = time.monotonic()
    with browser.open(door, data.encode(), timeout=60) as answer:
        assert (answer.status, "我的待办" in answer.read().decode()) == (200, True)
    return time.monotonic() - began


def test_three_hundred_in_three_minutes(port, capsys):
    names = list(islice(cycle(ROLES), PEOPLE))
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        took = list(crowd.map(lambda name: log_in(port, name), names))
    whole = time.monotonic() - began
    slowest = statistics.quantiles(took, n=100)[94]
    with capsys.disabled():
        print(f"\n{len(took)} log-ins in {whole:.0f} s, median {statistics.median(took):.2f} s, p95 {slowest:.2f} s")
    assert (len(took), whole < MINUTES * 60) == (PEOPLE, True)
