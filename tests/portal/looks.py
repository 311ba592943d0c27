"""Looking at a page the way the bars are written: axe, sizes of targets and text, reflow."""

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
MODES = {
    "standard": {},
    "elder": {"portal_size": "elder"},
    "dark": {"portal_theme": "dark"},
    "phone": {},
    "elder phone": {"portal_size": "elder"},
}
PHONE = {"width": 390, "height": 844}

# Everything pressed with a finger. Links within a sentence are exempt (WCAG 2.5.8), a hidden control is
# judged by its label, and what is off the page until focused is not a target.
TARGETS = """(least) => {
  const exempt = (one) => one.closest("p, dd, .timeline__meta, .skip-link, .visually-hidden, [hidden], .small");
  const size = (one) => {
    const label = one.matches("input[type=radio], input[type=checkbox]") && one.closest("label");
    return (label || one).getBoundingClientRect();
  };
  return Array.from(document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary"))
    .filter((one) => one.offsetParent !== null && !exempt(one))
    .map((one) => [one, size(one)])
    .filter(([one, box]) => box.height > 0 && (box.height < least - 0.5 || box.width < Math.min(least, 44) - 0.5))
    .map(([one, box]) => one.outerHTML.slice(0, 90) + " " + Math.round(box.width) + "x" + Math.round(box.height));
}"""

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def show(page, url: str, mode: str) -> None:
    page.context.add_cookies([{"name": k, "value": v, "url": url} for k, v in MODES[mode].items()])
    if "phone" in mode:
        page.set_viewport_size(PHONE)
    page.goto(url)


def small_targets(page, least: int) -> list[str]:
    return page.evaluate(TARGETS, least)
