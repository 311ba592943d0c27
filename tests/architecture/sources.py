"""The portal's own source files, parsed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"tests", "var", "migrations", "node_modules", "docs", "deploy"}


def modules(*folders: str, word: str = "") -> Iterator[tuple[str, ast.Module]]:
    """(path from the root, tree) of every module of the project, of these folders only, or in which the word stands."""
    for path in paths():
        parts = path.relative_to(ROOT).parts
        if SKIPPED & set(parts) or (folders and parts[0] not in folders):
            continue
        text = path.read_text(encoding="utf-8")
        if word in text:
            yield "/".join(parts), ast.parse(text)


def paths() -> list[Path]:
    """Every module of the project; the thousands of the packages in .venv are not even looked for."""
    ours = [place for place in ROOT.iterdir() if not place.name.startswith(".")]
    return sorted([*ROOT.glob("*.py"), *(path for place in ours if place.is_dir() for path in place.rglob("*.py"))])


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name: `make.Proposal` → "Proposal"; "" for anything else."""
    return getattr(node, "attr", getattr(node, "id", ""))
