"""Never lose text: what is typed survives a lost server, session, page or race, and the indicator never lies."""

import re

import pytest
from django.contrib.sessions.models import Session

from tests.factories import people

from . import draft_pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.portal.draft_pages"),
]
PASSWORD = "Begonia-2026-xp"
STATUS = "[data-autosave-text]"
COPIES = "Object.keys(localStorage).filter((key) => key.startsWith('portal-draft:')).length"


@pytest.fixture
def store():
    draft_pages.STORE.__init__()
    return draft_pages.STORE


@pytest.fixture
def author():
    who = people.member("周明远")
    who.username = "zhoumy"
    who.set_password(PASSWORD)
    who.save()
    return who


@pytest.fixture
def writing(page, live_server, author, store, enter):
    """The writing page, opened by its author."""
    enter(author)
    page.goto(live_server.url + "/try/")
    page.wait_for_selector("#id_title")
    return page


def wait_for(page, words: str) -> None:
    page.wait_for_function(
        "words => document.querySelector('[data-autosave-text]').textContent.includes(words)", arg=words
    )


def type_into(page, name: str, text: str) -> None:
    page.click(f"#id_{name}")
    page.keyboard.type(text)


def test_a_pause_saves_and_the_server_s_time_is_shown(writing, store):
    type_into(writing, "title", "关于校园交通的提案")
    wait_for(writing, "已保存")
    assert store.fields["title"] == "关于校园交通的提案"
    assert re.fullmatch(r"已保存 \d\d:\d\d:\d\d", writing.text_content(STATUS))
    assert writing.evaluate(COPIES) == 0
    assert writing.input_value("[name=version]") == "2"


def test_leaving_a_field_saves_at_once(writing, store):
    writing.clock.install()
    writing.clock.pause_at("2100-01-01")  # no timer runs; only the blur is left
    type_into(writing, "title", "关于校园交通的提案")
    writing.keyboard.press("Tab")
    wait_for(writing, "已保存")
    assert store.fields["title"] == "关于校园交通的提案"


def test_indicator_speaks_only_on_the_server_s_word(writing, store):
    store.broken = True
    type_into(writing, "situation", "拥堵严重")
    wait_for(writing, "未保存：与服务器失去联系，文字留在本机")
    assert writing.get_attribute("[data-autosave-status]", "data-state") == "failed"
    assert writing.evaluate(COPIES) == 1
    store.broken = False
    wait_for(writing, "已保存")
    assert store.fields["situation"] == "拥堵严重"
    assert writing.evaluate(COPIES) == 0


def test_no_network_is_no_loss(writing, store):
    writing.context.set_offline(True)
    type_into(writing, "situation", "拥堵严重")
    wait_for(writing, "未保存：与服务器失去联系")
    writing.context.set_offline(False)
    wait_for(writing, "已保存")
    assert store.fields["situation"] == "拥堵严重"


def test_refused_text_says_why_and_stays(writing, store):
    writing.evaluate("document.querySelector('#id_title').removeAttribute('maxlength')")
    writing.fill("#id_title", "长" * 61)
    wait_for(writing, "未保存：最多 60 个字，现在有 61 个，请删减，文字留在本机")
    writing.fill("#id_title", "长" * 60)
    wait_for(writing, "已保存")
    assert store.fields["title"] == "长" * 60


def test_lost_session_asks_for_the_password_over_the_page_and_goes_on(writing, store):
    Session.objects.all().delete()
    type_into(writing, "situation", "拥堵严重")
    writing.wait_for_selector("#relogin:not([hidden])")
    wait_for(writing, "未保存：登录已过期，文字留在本机")
    writing.fill("#relogin-password", "wrong")
    writing.keyboard.press("Enter")
    writing.wait_for_selector("[data-relogin-error]:not([hidden])")
    writing.fill("#relogin-password", PASSWORD)
    writing.keyboard.press("Enter")
    wait_for(writing, "已保存")
    assert store.fields["situation"] == "拥堵严重"
    assert writing.is_hidden("#relogin")


def test_form_sent_into_a_lost_session_arrives_after_logging_in(writing, store):
    type_into(writing, "title", "关于校园交通的提案")
    wait_for(writing, "已保存")
    Session.objects.all().delete()
    writing.click("button:has-text('提交')")
    writing.fill("#relogin-password", PASSWORD)
    writing.keyboard.press("Enter")
    writing.wait_for_selector("text=收到")
    assert [(sent["title"], sent["submit"]) for sent in store.submitted] == [("关于校园交通的提案", "yes")]


def test_form_is_not_sent_to_a_server_that_is_gone(writing, store):
    writing.context.set_offline(True)
    type_into(writing, "title", "关于校园交通的提案")
    writing.click("button:has-text('提交')")
    writing.wait_for_selector("[data-told]:not([hidden])")
    assert "还没有提交" in writing.text_content("[data-told]")
    assert writing.input_value("#id_title") == "关于校园交通的提案"
    writing.context.set_offline(False)
    writing.click("button:has-text('提交')")
    writing.wait_for_selector("text=收到")
    assert len(store.submitted) == 1


@pytest.fixture
def crashed(writing, store):
    """The tab dies while the server takes nothing; another one opens the page."""
    store.broken = True
    type_into(writing, "situation", "拥堵严重，存在隐患")
    wait_for(writing, "未保存")
    again, address = writing.context.new_page(), writing.url
    writing.close()
    again.goto(address)
    again.wait_for_selector("text=找到一份没有来得及保存的文字")
    store.broken = False
    return again


def test_text_of_a_crashed_page_is_offered_beside_the_server_s(crashed, store):
    assert crashed.inner_text(".compare").split() == [
        "情况分析", "本机留下的文字", "已保存在服务器上的文字", "拥堵严重，存在隐患", "（空）",
    ]  # fmt: skip
    crashed.click("text=用本机留下的文字")
    wait_for(crashed, "已保存")
    assert store.fields["situation"] == "拥堵严重，存在隐患"


def test_text_of_a_crashed_page_can_be_let_go(crashed, store):
    crashed.click("text=用服务器上的文字")
    assert crashed.input_value("#id_situation") == ""
    assert crashed.evaluate(COPIES) == 0


@pytest.fixture
def conflict(writing, store):
    """Another window saved meanwhile: another title, one row more."""
    store.fields = {"title": "别处的案由", "situation": "", "agreed": True}
    store.rows, store.version = ["第一条", "别处的第二条"], 5
    type_into(writing, "title", "本页的案由")
    writing.wait_for_selector("text=这份文字在别处也改过")
    return writing


def test_second_saver_sees_both_texts_and_may_keep_the_own(conflict, store):
    assert "别处的案由" in conflict.inner_text(".compare")
    assert "本页的案由" in conflict.inner_text(".compare")
    conflict.click("text=保留本页的文字")
    wait_for(conflict, "已保存")
    assert (store.fields["title"], store.rows) == ("本页的案由", ["第一条"])


def test_second_saver_may_take_the_other_text(conflict, store):
    conflict.click("text=改用服务器上的文字")
    assert conflict.input_value("#id_title") == "别处的案由"
    assert conflict.input_value("#id_items-1-text") == "别处的第二条"
    assert conflict.is_checked("#id_agreed")
    assert conflict.input_value("[name=version]") == "5"
    type_into(conflict, "situation", "继续写")
    wait_for(conflict, "已保存")
    assert store.rows == ["第一条", "别处的第二条"]


def test_own_save_whose_answer_was_lost_is_no_conflict(writing, store):
    def lose(route):
        route.fetch()
        route.abort()

    writing.route("**/try/save/", lose, times=1)
    type_into(writing, "title", "关于校园交通的提案")
    wait_for(writing, "已保存")
    assert writing.query_selector(".compare") is None
    assert (store.fields["title"], store.version) == ("关于校园交通的提案", 3)


def test_leaving_the_page_saves_without_waiting(writing, store, live_server):
    type_into(writing, "situation", "刚打完就走")
    writing.goto(live_server.url + "/help/")
    for _ in range(100):
        if store.fields:
            break
        writing.wait_for_timeout(50)
    assert store.fields["situation"] == "刚打完就走"


def test_composition_is_not_saved_half_way(writing, store):
    writing.focus("#id_title")
    writing.evaluate(
        """() => {
          const field = document.querySelector("#id_title");
          field.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
          field.value = "ti'an";
          field.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true}));
        }"""
    )
    writing.wait_for_timeout(2500)
    assert store.fields == {}
    writing.evaluate(
        """() => {
          const field = document.querySelector("#id_title");
          field.value = "提案";
          field.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
        }"""
    )
    wait_for(writing, "已保存")
    assert store.fields["title"] == "提案"


def test_rows_are_saved_in_their_order(writing, store):
    writing.click("[name=add_items]")
    writing.keyboard.type("第二条")
    writing.click(".rows__row:nth-child(2) [data-move=up]")
    wait_for(writing, "已保存")
    assert store.rows == ["第二条", "第一条"]


def test_logging_out_saves_first_and_forgets_the_copies(writing, store):
    type_into(writing, "situation", "还没停下")
    writing.evaluate("document.querySelector('.masthead [data-logout] button').click()")
    writing.wait_for_selector("text=您已退出登录")
    assert store.fields["situation"] == "还没停下"
    assert writing.evaluate(COPIES) == 0


def test_logging_out_without_a_server_warns_first(writing, store):
    store.broken = True
    type_into(writing, "situation", "还没保存")
    writing.click(".masthead [data-logout] button")
    writing.wait_for_selector("[data-told]:not([hidden])")
    assert "确要退出，请再按一次" in writing.text_content("[data-told]")
    assert writing.evaluate(COPIES) == 1


def test_warning_two_minutes_before_the_session_ends(writing, store, settings):
    writing.clock.install()
    writing.reload()
    writing.clock.fast_forward(int(settings.SESSION_IDLE.total_seconds() - 240) * 1000)
    assert writing.is_hidden("#session-warning")
    writing.clock.fast_forward(120_000)
    assert writing.is_visible("#session-warning")
    writing.click("text=继续使用")
    assert writing.is_hidden("#session-warning")


def test_page_left_alone_asks_for_the_password(writing, store, settings):
    writing.clock.install()
    writing.reload()
    writing.clock.fast_forward(int(settings.SESSION_IDLE.total_seconds() + 120) * 1000)
    assert writing.is_visible("#relogin")


def test_any_form_sent_into_a_lost_session_waits_for_the_log_in(writing, live_server, author):
    writing.goto(live_server.url + "/password/")
    for name, text in (("old_password", PASSWORD), ("new_password", "Crabapple-88-xp"), ("again", "Crabapple-88-xp")):
        writing.fill(f"[name={name}]", text)
    Session.objects.all().delete()
    writing.click("text=保存新密码")
    writing.fill("#relogin-password", PASSWORD)
    writing.click("text=登录并继续")
    writing.wait_for_selector("text=密码已修改")
    author.refresh_from_db()
    assert author.check_password("Crabapple-88-xp")


def test_another_person_on_the_same_computer_cannot_send_this_page(writing, live_server, store):
    other = people.member("李素芬")
    other.username = "lisf"
    other.set_password(PASSWORD)
    other.save()
    type_into(writing, "situation", "周明远写的")
    wait_for(writing, "已保存")
    writing.context.clear_cookies()
    second = writing.context.new_page()
    second.goto(live_server.url + "/login/")
    second.fill("[name=username]", "lisf")
    second.fill("[name=password]", PASSWORD)
    second.click("main button:has-text('登录')")
    second.wait_for_selector(".masthead:has-text('李素芬')")
    writing.click("button:has-text('提交')")
    writing.wait_for_selector("#relogin:not([hidden])")
    writing.fill("#relogin-password", PASSWORD)
    writing.keyboard.press("Enter")
    writing.wait_for_selector("text=这台电脑上已换了别人登录")
    assert store.submitted == []
