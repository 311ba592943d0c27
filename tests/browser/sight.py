"""Looking at one page in every way people see it: axe's rules, sizes of targets, reflow.

Half of a page is the frame that all pages share. What stands in it is judged once in each way, letter for letter the
same; the page around it, and every rule about the page as a whole, each time.
"""

import re

from axe_playwright_python.base import AXE_SCRIPT

from tests.portal.looks import PHONE, RULES, TOO_WIDE, small_targets

DESK = {"width": 1366, "height": 768}
# Of all rules only these can break when nothing but colours, or nothing but sizes, has changed.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SIZES = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}}
# name: (size of the screen, size of the text, theme, rules, least target)
WAYS = {
    "desk": (DESK, "normal", "light", RULES, 0),
    "dark": (DESK, "normal", "dark", COLOURS, 0),
    "elder": (DESK, "elder", "light", SIZES, 60),
    "elder phone": (PHONE, "elder", "light", SIZES, 60),
    "phone": (PHONE, "normal", "light", RULES, 44),
}
DRESS = "([size, theme]) => Object.assign(document.documentElement.dataset, {size, theme})"
# What the frame is made of: its links, forms and sentences, without the lists and landmarks that hold them.
PIECES = """Array.from(document.querySelectorAll(
  ".masthead__inner > *, .masthead__tools > *, .sitenav li, .footer li, .footer p, body > dialog"))"""
OF_THIS_PAGE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|\?next=[^"]*')
BROKEN = """([rules, judged]) => {
  const pieces = PIECES;
  const context = judged.length ? {exclude: judged.map((one) => pieces[one])} : document;
  return axe.run(context, {...rules, resultTypes: ["violations"], preload: false, elementRef: false})
  .then((found) => found.violations.map((one) => one.id + ": " + one.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" ")))
}""".replace("PIECES", PIECES)
JUDGED: dict[str, set[str]] = {name: set() for name in WAYS}


def faults(page) -> dict[str, list[str]]:
    """What is wrong with the page, by the way of looking; empty when nothing is.

    The page is loaded once: size and theme are an attribute of <html>, which the cookie sets likewise.
    """
    page.evaluate(AXE_SCRIPT)
    pieces = [OF_THIS_PAGE.sub("", one) for one in page.evaluate(PIECES + ".map((one) => one.outerHTML)")]
    found = {}
    for name, (screen, size, theme, rules, least) in WAYS.items():
        page.set_viewport_size(screen)
        page.evaluate(DRESS, [size, theme])
        wrong = page.evaluate(BROKEN, [rules, [place for place, one in enumerate(pieces) if one in JUDGED[name]]])
        if least:
            wrong += [f"small target: {one}" for one in small_targets(page, least)]
        if wide := page.evaluate(TOO_WIDE):
            wrong.append(f"{wide} px too wide")
        if wrong:
            found[name] = wrong
        else:
            JUDGED[name].update(pieces)
    return found
