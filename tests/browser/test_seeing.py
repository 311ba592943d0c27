"""What has been judged in the frame is passed over; whatever is new, changed or about the whole page is still seen."""

import pytest

from .sight import faults

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="zh-CN"><head><title>{title}</title></head><body>
<header><div class="masthead__inner"><a href="/">西平县智慧政协</a></div></header>
<nav class="sitenav" aria-label="主菜单"><ul><li>{entry}</li></ul></nav>
<main><h1>标题</h1>{words}</main></body></html>"""
GOOD = {"title": "首页", "entry": '<a href="/a/">提案</a>', "words": "<p>正文</p>"}
PALE = '<span style="color: #ddd; background: #fff">看不清</span>'


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({"words": f"<p>{PALE}</p>"}, {"color-contrast"}),
        ({"title": ""}, {"document-title"}),
        ({"words": "</main><main>两个"}, {"landmark-no-duplicate-main", "landmark-unique"}),
        ({"entry": f'<a href="/a/">{PALE}</a>'}, {"color-contrast"}),
        ({"entry": '<a href="/a/"></a>'}, {"link-name"}),
    ],
)
def test_sees_what_is_new(page, changed, rules):
    page.set_content(PAGE.format(**GOOD))
    assert "desk" not in faults(page)
    page.set_content(PAGE.format(**GOOD | changed))
    assert {one.split(":")[0] for one in faults(page)["desk"]} == rules
