"""What has been judged in the frame is passed over; whatever is new, changed or about the whole page is still seen."""

import pytest

from .sight import faults

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="zh-CN"><head><title>{title}</title></head><body style="background: #fff">
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


GREY = "color: #949494; font-size: 16px"  # enough on black, too little on white
FAINT = '<p style="color: #ddd">{}</p>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<p style="{GREY}; background: #000">读得清</p>', f'<p style="{GREY}; background: #fff">读不清</p>'),
        (f'<div style="background: #000"><p style="{GREY}">读得清</p></div>', f'<div style="background: #fff"><p style="{GREY}">读不清</p></div>'),
        ('<p style="color: #808080; font-size: 30px">大字</p>', '<p style="color: #808080; font-size: 16px">小字</p>'),
        (FAINT.format("一"), FAINT.format("两个")),
        (f"<div hidden>{FAINT.format('看不见')}</div>", FAINT.format("看得见")),
        (f"<div class='visually-hidden' style='position: absolute; clip: rect(0 0 0 0)'>{FAINT.format('看不见')}</div>", FAINT.format("看得见")),
        ('<button disabled style="color: #ddd; background: #fff">不能按</button>', '<button style="color: #ddd; background: #fff">能按</button>'),
        ('<p style="color: #ddd; background: #000; position: absolute">在黑底上</p>', '<p style="color: #ddd; position: absolute">没有底</p>'),
        ('<p style="background: #fff">读得清</p>', '<div style="opacity: .3"><p style="background: #fff">读不清</p></div>'),
        ('<button aria-disabled="true" style="color: #ddd; background: #fff">不能按</button>',
         '<button aria-disabled="false" style="color: #ddd; background: #fff">能按</button>'),
        (f'<label>文件<input type="file" style="{GREY}; background: #000"></label>',
         f'<label>文件<input type="file" style="{GREY}; background: #fff"></label>'),
    ],
)  # fmt: skip
def test_words_of_another_look_are_judged(page, before, after):
    page.set_content(PAGE.format(**GOOD | {"words": before}))
    assert "desk" not in faults(page)
    page.set_content(PAGE.format(**GOOD | {"words": after}))
    assert {one.split(":")[0] for one in faults(page)["desk"]} == {"color-contrast"}


def test_words_that_cannot_be_read_are_told_each_time(page):
    for _again in range(2):
        page.set_content(PAGE.format(**GOOD | {"words": FAINT.format("看不清")}))
        assert len(faults(page)["desk"]) == 1
