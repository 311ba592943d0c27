"""On paper: A4, numbered, the matter with its history, and no menu; what is folded on the screen is printed."""

import io

import pytest
from pypdf import PdfReader

from tests.factories import county as make

pytestmark = pytest.mark.browser
MENU = ("退出", "我的待办", "通知中心", "跳到正文", "管理后台", "长辈版")


@pytest.fixture(scope="module")
def share(c):
    return make.rated_and_published(c)


def printed(desk, address: str) -> tuple[PdfReader, str]:
    desk.go(address)
    paper = PdfReader(io.BytesIO(desk.page.pdf(prefer_css_page_size=True)))
    return paper, "".join("".join(page.extract_text() for page in paper.pages).split())


def test_a_case_prints_with_its_history_and_answers(c, share, kept_desk_of):
    case = share.proposal
    paper, text = printed(kept_desk_of(c.staff), case.get_absolute_url())
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in paper.pages} == {
        (595, 842)
    }
    kept_desk_of(c.staff).page.emulate_media(media="screen")
    events = (
        kept_desk_of(c.staff)
        .page.locator(".timeline__label")
        .evaluate_all("all => all.map(one => one.textContent.trim())")
    )
    assert [label for label in events if "".join(label.split()) not in text] == []
    assert len(events) > 8
    for words in (str(case), case.situation.split()[0], "县教育局", "办理记录"):
        assert "".join(words.split()) in text
    assert [word for word in MENU if word in text] == []
    assert "—1—" in text
    assert "http" not in text


@pytest.mark.parametrize(
    "address",
    [
        "/proposals/",
        "/proposals/stats/",
        "/opinions/",
        "/consultations/",
        "/reports/review/",
        "/reports/units/",
        "/notices/",
    ],
)
def test_a_list_prints_without_menus(c, share, kept_desk_of, address):
    desk = kept_desk_of(c.staff)
    if desk.go(address).status != 200:
        pytest.skip(f"{address} is not a page of this portal")
    _paper, text = printed(desk, address)
    assert [word for word in MENU if word in text] == []
    assert text


@pytest.mark.parametrize("address", ["/admin/proposals/proposal/", "/admin/documents/papertemplate/"])
def test_the_admin_prints_without_its_menu(c, share, kept_desk_of, address):
    _paper, text = printed(kept_desk_of(c.staff), address)
    assert [word for word in ("返回门户", "修改密码", "执行操作", "后台菜单") if word in text] == []


def test_what_is_folded_is_printed(c, kept_desk_of):
    """Where Chromium can show it (from 131 on)."""
    desk = kept_desk_of(c.staff)
    desk.go("/proposals/")
    if not desk.page.evaluate("CSS.supports('selector(details::details-content)')"):
        pytest.skip("this Chromium cannot unfold on paper")
    desk.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<details><summary>标题</summary><p>折起来的话</p></details>')"
    )
    text = "".join(PdfReader(io.BytesIO(desk.page.pdf())).pages[-1].extract_text().split())
    assert "折起来的话" in text
