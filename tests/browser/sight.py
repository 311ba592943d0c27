"""Looking at one page in every way people see it: axe's rules, sizes of targets, reflow.

Half of a page is the frame that all pages share. What stands in it is judged once in each way, letter for letter the
same; the page around it, and every rule about the page as a whole, each time. Words of the same colours and size on the
same grounds are judged once: whether they can be read depends on nothing else. The campaign passes over nothing.
"""

import re
from zlib import crc32

from axe_playwright_python.base import AXE_SCRIPT

from tests import counts
from tests.portal.looks import PHONE, RULES, TOO_WIDE, small_targets

DESK = {"width": 1366, "height": 768}
ALL_BUT_CONTRAST = RULES | {"rules": {"color-contrast": {"enabled": False}}}
# Of all rules only these, and the contrast, can break when nothing but colours, or nothing but sizes, has changed.
COLOURS = {"runOnly": {"type": "rule", "values": ["link-in-text-block"]}}
SIZES = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
# name: (size of the screen, size of the text, theme, rules, least target)
WAYS = {
    "desk": (DESK, "normal", "light", ALL_BUT_CONTRAST, 0),
    "dark": (DESK, "normal", "dark", COLOURS, 0),
    "elder": (DESK, "elder", "light", SIZES, 60),
    "elder phone": (PHONE, "elder", "light", SIZES, 60),
    "phone": (PHONE, "normal", "light", ALL_BUT_CONTRAST, 44),
}
# With small counts a page is looked at in both of these, and in one of the others by turns.
ALWAYS = ("desk", "phone")
DRESS = "([size, theme]) => Object.assign(document.documentElement.dataset, {size, theme})"
# What the frame is made of: its links, forms and sentences, without the lists and landmarks that hold them.
PIECES = """Array.from(document.querySelectorAll(
  ".masthead__inner > *, .masthead__tools > *, .sitenav li, .footer li, .footer p, body > dialog"))"""
OF_THIS_PAGE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|\?next=[^"]*')
# Words in sight, each with all that their contrast is made of; null for what may lie on anything. What is cut off to
# nothing is for ears only.
WORDS = """(pieces) => {
  const grounds = new Map([[null, {under: "", through: 1}]]), CUT = undefined;
  const ground = (one) => {
    if (!grounds.has(one)) grounds.set(one, groundOf(getComputedStyle(one), ground(one.parentElement)));
    return grounds.get(one);
  };
  const groundOf = (s, parent) => {
    if (parent === CUT || (!inFlow(s) && (s.clip === "rect(0px, 0px, 0px, 0px)" || s.clipPath === "inset(50%)"))) return CUT;
    const through = parent.through * s.opacity, own = [s.backgroundColor, s.backgroundImage, s.filter, s.mixBlendMode].join(" ");
    if (own.startsWith("rgb(") && own.endsWith(" none none normal")) return {under: own, through};
    if (parent.under === null || !inFlow(s)) return {under: null, through};
    return {under: own === "rgba(0, 0, 0, 0) none none normal" ? parent.under : own + "/" + parent.under, through};
  };
  const inFlow = (s) => ["static", "relative"].includes(s.position);
  const text = (one) => one.matches("input, select, textarea") ? "a control"
    : Array.from(one.childNodes).map((n) => n.nodeType === 3 ? n.data.trim() : "").join("");
  const idle = (one) => !!(one.closest(":disabled, [aria-disabled=true]") || one.closest("label")?.control?.disabled);
  const look = (one) => {
    const s = getComputedStyle(one), {under, through} = ground(one);
    const letters = [s.color, s.webkitTextFillColor, s.fontSize, s.fontWeight, s.textShadow, s.textIndent];
    return under === null ? null : [idle(one), text(one).length > 1, ...letters, through, under].join("|");
  };
  return Array.from(document.body.querySelectorAll(":not(.skip-link, [type=checkbox], [type=radio], [type=hidden])"))
    .filter((one) => text(one) && one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .filter((one) => ground(one) !== CUT && !pieces.some((piece) => piece.contains(one)))
    .map((one) => [one, look(one)]);
}"""
# Idle controls are exempt; words of one letter, and those on a picture, are left open by axe: wherever they look the
# same they would be again.
CONTRAST = """async ([passed_over, judged]) => {
  const pieces = PIECES, known = new Set(judged);
  const looks = new Map((WORDS)(passed_over.map((one) => pieces[one])));
  const include = Array.from(looks.keys()).filter((one) => !known.has(looks.get(one)));
  if (!include.length) return [[], []];
  const found = await axe.run({include}, {
    runOnly: {type: "rule", values: ["color-contrast"]}, resultTypes: ["violations", "passes", "incomplete"],
    preload: false, elementRef: true, selectors: false,
  });
  const nodes = (rules) => rules.flatMap((rule) => rule.nodes);
  const open = (node) => node.any.every((check) => ["shortTextContent", "bgImage", "bgGradient"].includes(check.data?.messageKey));
  const judgedNow = [...nodes(found.passes), ...nodes(found.incomplete).filter(open)].map((node) => looks.get(node.element));
  const idle = include.map((one) => looks.get(one)).filter((look) => look?.startsWith("true"));
  return [nodes(found.violations).map((node) => "color-contrast: " + node.html.slice(0, 120)), [...judgedNow, ...idle].filter(Boolean)];
}""".replace("WORDS", WORDS).replace("PIECES", PIECES)
BROKEN = """([rules, judged]) => {
  const pieces = PIECES;
  const context = judged.length ? {exclude: judged.map((one) => pieces[one])} : document;
  return axe.run(context, {...rules, resultTypes: ["violations"], preload: false, elementRef: false})
  .then((found) => found.violations.map((one) => one.id + ": " + one.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" ")))
}""".replace("PIECES", PIECES)
JUDGED: dict[str, set[str]] = {name: set() for name in WAYS}
READABLE: set[str] = set()


def faults(page, name: str = "", every_way: bool = counts.WHOLE) -> dict[str, list[str]]:
    """What is wrong with the page of that name, by the way of looking; empty when nothing is. `every_way`: in all of them,
    by every rule.

    The page is loaded once: size and theme are an attribute of <html>, which the cookie sets likewise.
    """
    if counts.WHOLE:
        for judged in JUDGED.values():
            judged.clear()
    _bring_axe(page)
    pieces = [OF_THIS_PAGE.sub("", one) for one in page.evaluate(PIECES + ".map((one) => one.outerHTML)")]
    found = {}
    for way in WAYS if every_way else ways_of(name):
        screen, size, theme, rules, least = WAYS[way]
        rules = ALL_BUT_CONTRAST if every_way else rules
        page.set_viewport_size(screen)
        page.evaluate(DRESS, [size, theme])
        passed_over = [place for place, one in enumerate(pieces) if one in JUDGED[way]]
        wrong = page.evaluate(BROKEN, [rules, passed_over]) + unreadable(page, passed_over) + misfits(page, least)
        if wrong:
            found[way] = wrong
        else:
            JUDGED[way].update(pieces)
    return found


def misfits(page, least: int) -> list[str]:
    """What a finger misses, and by how much the page is too wide."""
    small = [f"small target: {one}" for one in small_targets(page, least)] if least else []
    wide = page.evaluate(TOO_WIDE)
    return [*small, *([f"{wide} px too wide"] if wide else [])]


def _bring_axe(page) -> None:
    """Handed to the browser once for a desk, not with every page that it opens."""
    if not page.evaluate("() => 'axe' in window"):
        page.context.add_init_script(AXE_SCRIPT)
        page.evaluate(AXE_SCRIPT)


def ways_of(name: str) -> list[str]:
    """The ways in which the page of that name is looked at with small counts; the same in every run."""
    others = [way for way in WAYS if way not in ALWAYS]
    return [*ALWAYS, others[crc32(name.encode()) % len(others)]]


def unreadable(page, passed_over: list[int]) -> list[str]:
    """Words without enough contrast; what can be read is remembered by its look."""
    if counts.WHOLE:
        READABLE.clear()
    wrong, readable = page.evaluate(CONTRAST, [passed_over, list(READABLE)])
    READABLE.update(readable)
    return wrong
