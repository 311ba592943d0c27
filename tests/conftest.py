"""What every test may use, and the rule that nothing is left out in silence."""

import gc
import os
import shutil
import threading

import psutil
import pytest
from django.test import client
from pytest_django import fixtures

from tests import migrated_database, migrated_rows, turns

LEFT_OUT = pytest.StashKey[int]()
MEMORY = pytest.StashKey[int]()
WITHOUT_BROWSER = os.environ.get("BROWSER") == "0"
# A larger nursery: axe makes much that is dropped at once, and a tenth of the time went into collecting it.
# Given here, the list of features replaces Playwright's own: its names, and the process kept ready for another site.
CHROMIUM_OPTIONS = [
    "--no-sandbox", "--js-flags=--min-semi-space-size=64",
    "--disable-features=SpareRendererForSitePerProcess,AcceptCHFrame,AutoExpandDetailsElement,DestroyProfileOnBrowserClose,"
    "DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,ImprovedCookieControls,LazyFrameLoading,LensOverlay,"
    "MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,Translate",
]  # fmt: skip
SMALL = ("components/", "django/forms/", "admin/includes/", "admin/widgets/")
# The one without a window of its own needs half the processor's time.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_configure(config):
    # Looking for garbage whenever some hundred thousand objects are new was a tenth of the time.
    gc.set_threshold(10_000_000, 50, 100)
    # Tables are made for whoever asks, also for a module whose fixture opens the database itself.
    fixtures._get_databases_for_setup = lambda items: ({"default"}, set())
    config.stash[LEFT_OUT] = 0
    config.stash[MEMORY] = 0


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    """Garbage is looked for when the machine's memory runs short and this worker has grown since the last time."""
    if psutil.virtual_memory().available > 3 * 2**30:
        return
    if psutil.Process().memory_info().rss - item.config.stash[MEMORY] > 2**29:
        gc.collect()
        item.config.stash[MEMORY] = psutil.Process().memory_info().rss


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Each in its turn. BROWSER=0 leaves the pages out; how many is said at the end."""
    items[:] = turns.arranged(items, getattr(config, "workerinput", {}).get("workercount", 1))
    if not WITHOUT_BROWSER:
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if not item.get_closest_marker("browser")]
    config.stash[LEFT_OUT] = len(left_out)
    config.hook.pytest_deselected(items=left_out)


def pytest_sessionfinish(session):
    gc.freeze()  # at its end pytest looks through everything for garbage five times
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """Each parallel worker collects the same tests, so one's count is the count."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter, config):
    _say_what_was_skipped(terminalreporter)
    if WITHOUT_BROWSER:
        terminalreporter.section("未测试的内容（BROWSER=0）", sep="=", yellow=True)
        terminalreporter.line(
            f"网页未在浏览器中测试：{config.stash[LEFT_OUT]} 项。安装 Chromium 后执行 make test 补测。"
        )


def _say_what_was_skipped(terminalreporter):
    """Each with its reason: a missing tool must not look like a passed test."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("未测试的内容", sep="=", yellow=True)
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{report.nodeid}：{reason}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """The tables are made once; what each worker gets is a copy."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        with django_db_blocker.unblock():
            migrated_database.used_by_this_worker()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """What is committed by a test is taken out by comparing with the migrated rows, not by emptying all tables."""
    from django.test import TransactionTestCase

    from tests.factories import county, kept

    with django_db_blocker.unblock():
        migrated_rows.remember()
        kept.remember(county)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: migrated_rows.put_back())
        yield


@pytest.fixture(scope="module")
def swept(django_db_setup, django_db_blocker):
    """For a module whose tests bring thousands of rows and have them counted."""
    yield
    with django_db_blocker.unblock():
        migrated_rows.tables_are_swept()


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_pages():
    """An answer keeps the context of its page's templates; copying that of every badge was an eighth of the time."""
    keep = client.store_rendered_templates

    def of_pages(store, signal, sender, template, context, **kwargs):
        if not (template.name or "").startswith(SMALL):
            keep(store, signal, sender, template, context, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", of_pages)
        yield


@pytest.fixture(scope="session", autouse=True)
def _entered_without_a_log_in():
    from tests import entering

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client.Client, "force_login", entering.enter)
        yield


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium, driven by Playwright. Missing, it fails: `make test` installs it."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.fail("没有找到 Chromium。请执行 make test（会安装或说明如何安装），或 make test BROWSER=0。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A fresh page in Chinese at the size of an office screen; cookies are not shared between tests."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()
    requests_end()


def requests_end() -> None:
    """Wait until the live server has answered what a closed page still asked for.

    A page saves when it is left; the tables cannot be emptied while that request holds some of them.
    """
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)
