"""On paper: A4, numbered, the matter with its history, and no menu; what is folded on the screen is printed."""

import io
import unicodedata

import pytest
from pypdf import PdfReader

from tests.factories import county as make

pytestmark = pytest.mark.browser
MENU = ("退出", "我的待办", "通知中心", "跳到正文", "管理后台", "长辈版")


@pytest.fixture(scope="module")
def share(c):
    return make.rated_and_published(c)


def printed(desk, address: str) -> tuple[PdfReader, str]:
    """The page as .pdf, and the words that are on it: what a .pdf calls its characters differs by font."""
    desk.go(address)
    paper = PdfReader(io.BytesIO(desk.page.pdf(prefer_css_page_size=True)))
    desk.page.emulate_media(media="print")
    text = "".join(desk.page.inner_text("body").split())
    desk.page.emulate_media(media="null")
    return paper, text


def words_of(paper: PdfReader) -> str:
    return "".join(unicodedata.normalize("NFKC", "".join(page.extract_text() for page in paper.pages)).split())


def test_a_case_prints_with_its_history_and_answers(c, share, kept_desk_of):
    case, desk = share.proposal, kept_desk_of(c.staff)
    paper, text = printed(desk, case.get_absolute_url())
    sizes = {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in paper.pages}
    assert sizes == {(595, 842)}
    events = desk.page.locator(".timeline__label").evaluate_all("all => all.map(one => one.textContent)")
    assert [label for label in events if "".join(label.split()) not in text] == []
    assert len(events) > 8
    for words in (str(case), case.situation.split()[0], "县教育局", "办理记录"):
        assert "".join(words.split()) in text
    on_paper = words_of(paper)
    assert [word for word in MENU if word in text or word in on_paper] == []
    assert [words in on_paper for words in ("办理记录", "—1—", "http")] == [True, True, False]


@pytest.mark.parametrize(
    "place",
    [
        "/proposals/",
        "/opinions/",
        "/consultations/",
        "/reports/review/",
        "/reports/units/",
    ],
)
def test_a_list_prints_without_menus(c, share, kept_desk_of, place):
    desk = kept_desk_of(c.staff)
    assert desk.go(place).status == 200
    _paper, text = printed(desk, place)
    assert [word for word in MENU if word in text] == []
    assert text


def test_figures_print_with_what_they_mean(c, share, kept_desk_of):
    paper, text = printed(kept_desk_of(c.staff), "/reports/figures/")
    meant = "立案件数÷收到件数"
    assert (text.count(meant), meant in words_of(paper)) == (1, True)


@pytest.mark.parametrize("place", ["/admin/proposals/proposal/", "/admin/documents/papertemplate/"])
def test_the_admin_prints_without_its_menu(c, share, kept_desk_of, place):
    _paper, text = printed(kept_desk_of(c.staff), place)
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
    assert "折起来的话" in words_of(PdfReader(io.BytesIO(desk.page.pdf())))
