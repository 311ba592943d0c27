"""长辈版 is the same page in larger letters: its rules set sizes and places, never a colour.

So contrast measured in the standard size holds for it too, and need not be measured again on every page.
"""

import re
from pathlib import Path

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*data-size[^{}]*)\{([^{}]*)\}")
COLOURING = re.compile(
    r"color|background|opacity|shadow|filter|blend|mask|clip|^--(?!text-|target|header|side|page|measure|tabbar)"
)


def colouring(text: str) -> list[str]:
    """What the rules for a size of text declare besides sizes and places."""
    rules = RULE.findall(COMMENT.sub("", text))
    declared = [one.split(":")[0].strip() for _, body in rules for one in body.split(";") if ":" in one]
    return [name for name in declared if COLOURING.search(name)]


def test_no_rule_for_larger_letters_sets_a_colour():
    found = {path.name: colouring(path.read_text()) for path in STYLES.glob("*.css") if path.name != "print.css"}
    assert len(found) > 8
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_finder_finds():
    said = (
        '/* html[data-size="elder"] { color: red } */ html[data-size="elder"] a { margin: 0; COLOR: red; --ink: #000 }'
    )
    assert colouring(said.lower()) == ["color", "--ink"]
