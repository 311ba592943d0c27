"""Accidents at the real writing page, one after another on one computer: not a character is lost (quality.md bar 37).

Seven more are tried on the model page of tests/portal/test_lost_text.py: session expiry, a server that is gone,
a tab that crashes, two tabs, an answer lost on the way, 输入法 in the middle of a word, somebody else logging in.
"""

import time

import pytest
from django.conf import settings

from proposals import drafting
from proposals.models import Proposal
from tests.factories import county as make

from .conftest import session_key

pytestmark = pytest.mark.browser
TEXT = "老城区停车难，群众反映强烈。"
SITUATION, SAVED = "#id_situation", "[data-autosave-status][data-state=saved]"
FAILED = "[data-autosave-status][data-state=failed]"


class Accident:
    """One draft opened for writing, and what may happen to it."""

    def __init__(self, desk, c):
        self.desk, self.page, self.c = desk, desk.page, c
        self.proposal = make.draft(c, suggestions=("第一条", "第二条"))
        self.url = f"/proposals/{self.proposal.pk}/edit/"
        desk.go(self.url)

    def type(self, text: str = TEXT) -> str:
        self.page.fill(SITUATION, text)
        return text

    def breaking(self, answer, times: int | None = None) -> None:
        """The next savings meet this: a route handler's deed."""
        self.page.route("**/autosave/", answer, **({"times": times} if times else {}))

    def mended(self) -> None:
        self.page.unroute("**/autosave/")

    def stored(self) -> Proposal:
        return Proposal.objects.get(pk=self.proposal.pk)

    def server_gets(self, text: str) -> None:
        until = time.monotonic() + 30
        while self.stored().situation != text:
            assert time.monotonic() < until, f"服务器上是“{self.stored().situation[:40]}”"
            self.page.wait_for_timeout(50)

    def saved_or_handed_back(self, text: str) -> bool:
        """Whether the server has it; False once a page that refuses shows it to be copied."""
        until = time.monotonic() + 30
        while self.stored().situation != text:
            assert time.monotonic() < until, "neither saved nor handed back"
            self.page.wait_for_timeout(200)
            if text in self.page.locator("main").inner_text():
                return False
        return True

    def suggestions_are(self, *texts: str) -> None:
        self.page.wait_for_selector(SAVED)
        until = time.monotonic() + 6
        while (found := [s.text for s in self.stored().suggestions.all()]) != list(texts):
            assert time.monotonic() < until, found
            self.page.wait_for_timeout(50)


def slow_network(a: Accident):
    def late(route):
        time.sleep(1)
        route.continue_()

    a.breaking(late)
    text = a.type()
    a.page.wait_for_selector("[data-autosave-status][data-state=saving]")
    a.server_gets(a.type(text + "再写几个字"))


def network_that_comes_and_goes(a: Accident):
    a.breaking(lambda route: route.abort(), times=2)
    text = a.type()
    a.page.wait_for_selector(FAILED)
    a.page.evaluate("window.dispatchEvent(new Event('online'))")
    a.page.evaluate("window.dispatchEvent(new Event('online'))")
    a.server_gets(text)


def an_error_of_the_server(a: Accident):
    a.breaking(lambda route: route.fulfill(status=500, body="<h1>500</h1>"), times=1)
    text = a.type()
    a.page.wait_for_selector(FAILED)
    a.server_gets(text)


def a_full_disk(a: Accident):
    a.breaking(lambda route: route.fulfill(status=507, json={"detail": "服务器的存储空间已满"}))
    text = a.type()
    a.page.wait_for_selector(f"{FAILED}:has-text('服务器的存储空间已满，文字留在本机')")
    a.mended()
    a.page.focus(SITUATION)
    a.page.focus("#id_title")
    a.server_gets(text)


def a_double_click_on_saving(a: Accident):
    text = a.type()
    a.page.dblclick("button:has-text('保存草稿'):not([tabindex='-1'])")
    a.page.wait_for_selector("text=草稿已保存")
    a.server_gets(text)
    assert Proposal.objects.filter(pk__gt=a.proposal.pk).count() == 0


def going_back_and_forward(a: Accident):
    text = a.type()
    a.desk.go("/help/")
    a.page.go_back()
    a.page.wait_for_selector(SITUATION)
    a.server_gets(text)
    a.page.wait_for_function("text => document.querySelector('#id_situation').value === text", arg=text)


def reloading_at_once(a: Accident):
    text = a.type()
    a.page.reload()
    a.server_gets(text)


def closing_before_the_pause_is_over(a: Accident):
    other = a.page.context.new_page()
    other.goto(a.desk.address + a.url)
    other.fill(SITUATION, TEXT)
    other.close(run_before_unload=True)
    a.server_gets(TEXT)


def logging_out_in_another_tab(a: Accident):
    text, context = a.type(), a.page.context
    context.clear_cookies()
    a.page.wait_for_selector("#relogin:not([hidden])")
    assert a.page.input_value(SITUATION) == text
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_key(a.c.author), "url": a.desk.address}
    context.add_cookies([cookie])
    a.page.reload()
    if a.stored().situation != text:
        a.page.click("text=用本机留下的文字")
    a.server_gets(text)


def a_token_that_was_changed(a: Accident):
    a.page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    a.page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    text = a.type()
    with a.page.expect_navigation():
        a.page.click("button:has-text('保存草稿'):not([tabindex='-1'])")
    if not a.saved_or_handed_back(text):
        a.desk.go(a.url)
        a.page.wait_for_selector(".compare")
        a.page.click("text=用本机留下的文字")
    a.server_gets(text)


def a_row_added_and_taken_away_again(a: Accident):
    a.page.click("[name=add_suggestions]")
    a.page.fill("#id_suggestions-2-text", "第三条")
    a.page.click(".rows__row:nth-child(1) [data-move=remove]")
    a.suggestions_are("第二条", "第三条")
    a.page.click(".rows__undo button")
    a.suggestions_are("第一条", "第二条", "第三条")


def rows_moved_with_the_keyboard(a: Accident):
    a.page.focus(".rows__row:nth-child(2) [data-move=up]")
    a.page.keyboard.press("Enter")
    a.suggestions_are("第二条", "第一条")


def pasting_twenty_thousand_characters(a: Accident):
    text = "长" * 20_000
    a.type(text)
    a.page.wait_for_selector(f"{FAILED}:has-text('5000')")
    assert a.page.input_value(SITUATION) == text
    a.page.once("dialog", lambda dialog: dialog.accept())
    a.page.reload()
    a.page.wait_for_selector("text=找到一份没有来得及保存的文字")
    a.page.click("text=用本机留下的文字")
    assert a.page.input_value(SITUATION) == text
    a.type(text[:5000])
    a.server_gets(text[:5000])


def rare_characters(a: Accident):
    a.server_gets(a.type("𠮷林路、䶮河、㙍，👨‍👩‍👧 家庭，é 与 é"))
    a.page.reload()
    assert a.page.input_value(SITUATION) == "𠮷林路、䶮河、㙍，👨‍👩‍👧 家庭，é 与 é"


def full_width_and_white_space(a: Accident):
    a.server_gets(a.type("　　１．停车难（ＡＢＣ）；\n\n　　２．“引号”——《书名》…… \t<b>&amp;"))


def a_conflict_undone(a: Accident):
    drafting.save(a.proposal, a.c.author, {"situation": "别处写的"})
    text = a.type()
    a.page.click("text=改用服务器上的文字")
    assert a.page.input_value(SITUATION) == "别处写的"
    a.server_gets(a.type(text + "重新写过"))


def turning_the_telephone(a: Accident):
    a.page.set_viewport_size({"width": 390, "height": 844})
    text = a.type()
    a.page.set_viewport_size({"width": 844, "height": 390})
    a.server_gets(text)
    a.page.set_viewport_size({"width": 1366, "height": 768})


def a_file_that_does_not_go_up(a: Accident):
    a.page.route("**/documents/", lambda route: route.abort(), times=1)
    text = a.type()
    file = {"name": "照片说明.txt", "mimeType": "text/plain", "buffer": "现场照片".encode()}
    a.page.set_input_files("#id_attachments_files", files=[file])
    a.page.wait_for_selector(
        ".upload__item--failed:has-text('照片说明.txt 没有上传：与服务器失去联系。请重新选择一次。')"
    )
    a.page.set_input_files("#id_attachments_files", files=[file])
    a.page.wait_for_selector(".upload__note:has-text('已上传')")
    a.server_gets(text)


def a_sleeping_page(a: Accident):
    text = a.type()
    a.page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    a.server_gets(text)


def marks_of_secrecy_while_writing(a: Accident):
    """The warning that comes with a saving takes nothing away."""
    text = a.type("机密★10年\n" + TEXT)
    a.server_gets(text)
    a.page.wait_for_selector("[data-warnings]:not([hidden]) >> text=情况分析：机密★10年")
    a.server_gets(a.type(TEXT))
    a.page.wait_for_selector("[data-warnings]", state="hidden")


ACCIDENTS = [
    slow_network, network_that_comes_and_goes, an_error_of_the_server, a_full_disk, a_double_click_on_saving,
    going_back_and_forward, reloading_at_once, closing_before_the_pause_is_over, logging_out_in_another_tab,
    a_token_that_was_changed, a_row_added_and_taken_away_again, rows_moved_with_the_keyboard,
    pasting_twenty_thousand_characters, rare_characters, full_width_and_white_space, a_conflict_undone,
    turning_the_telephone, a_file_that_does_not_go_up, a_sleeping_page, marks_of_secrecy_while_writing,
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(c, kept_desk_of):
    return kept_desk_of(c.author)


@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda accident: accident.__name__)
def test_not_a_character_is_lost(c, desk, accident):
    try:
        accident(Accident(desk, c))
    finally:
        desk.page.unroute_all()


def test_there_are_twenty():
    assert len(ACCIDENTS) == 20
