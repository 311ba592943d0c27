"""The browser floor is Chromium 80: a plain reading of our own scripts, styles and templates."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
# Mails have no content policy.
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "emails")

# What came after ES2019 (strings and comments are taken out before).
NEWER_SCRIPT = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish coalescing": r"\?\?",
    "private members": r"(?<![\w\"'])#\w+\s*[=(;]|this\.#",
    "logical assignment": r"\|\|=|&&=",
    "bigint": r"\b\d+n\b",
    "top-level await": r"^await\b",
    "dynamic import": r"\bimport\s*\(",
    "globalThis": r"\bglobalThis\b",
    "newer methods": r"\.(replaceAll|matchAll|at|allSettled|any|hasOwn|findLast|toSorted|replaceChildren|requestSubmit)\(",
    "event.submitter": r"\.submitter\b",
    "modules": r"^\s*(import|export)\s",
    "structuredClone": r"\bstructuredClone\b",
}

# What Chromium learnt after version 80.
NEWER_STYLE = {
    ":has()": r":has\(",
    ":is() and :where()": r":(is|where)\(",
    "container queries": r"@container|container-type",
    "layers": r"@layer",
    "aspect-ratio": r"\baspect-ratio\s*:",
    "inset": r"(?<![-\w])inset\s*:",
    "gap of flex boxes (grid-gap is older)": r"(?<![-\w])(gap|row-gap|column-gap)\s*:",
    "newer units": r"\d(dvh|svh|lvh|dvw|cqw)\b",
    "color-mix and friends": r"\b(color-mix|oklch|lab|lch)\(",
    "range media queries": r"@media[^{]*[<>]",
    "nesting": r"^\s+&",
    "subgrid": r"\bsubgrid\b",
    "text-wrap": r"\btext-wrap\s*:",
    "content-visibility": r"\bcontent-visibility\s*:",
    "logical shorthands": r"\b(margin|padding)-(inline|block)\s*:",
}


def code_of(script: str) -> str:
    """The script without comments, strings and regular expressions' contents."""
    script = re.sub(r"/\*.*?\*/", "", script, flags=re.S)
    return re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", '""', script)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_is_es2019(path):
    code = code_of(path.read_text())
    found = [name for name, pattern in NEWER_SCRIPT.items() if re.search(pattern, code, re.M)]
    assert found == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_style_is_known_to_chromium_80(path):
    style = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    found = [name for name, pattern in NEWER_STYLE.items() if re.search(pattern, style, re.M)]
    assert found == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_focus_visible_never_stands_alone(path):
    """A rule with an unknown selector is dropped whole: :focus-visible only as a subtraction from :focus."""
    style = path.read_text()
    assert re.findall(r"(?<!:not\():focus-visible", re.sub(r"/\*.*?\*/", "", style, flags=re.S)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_keeps_to_the_content_policy(path):
    html = path.read_text()
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:", html) == []
    assert re.findall(r"(?:src|href)=[\"']https?://", html) == []


def test_samples_are_caught():
    """The patterns themselves: each newer thing in one line."""
    for sample in ("a?.b", "a ?? b", "this.#x = 1", "a ||= b", "10n", "await x", "import('x')", "x.at(1)"):
        assert any(re.search(pattern, sample, re.M) for pattern in NEWER_SCRIPT.values()), sample
    for sample in ("a:has(b)", "  gap: 4px", "inset: 0", ":is(a, b)", "  & a", "aspect-ratio: 1"):
        assert any(re.search(pattern, sample, re.M) for pattern in NEWER_STYLE.values()), sample
