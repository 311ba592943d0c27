"""The portal's own source files, parsed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"tests", "var", "migrations", "node_modules", "docs", "deploy"}


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """(path from the root, tree) of every module of the project, or of these folders only."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if parts[0].startswith(".") or SKIPPED & set(parts) or (folders and parts[0] not in folders):
            continue
        yield "/".join(parts), ast.parse(path.read_text(encoding="utf-8"))


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name: `make.Proposal` → "Proposal"; "" for anything else."""
    return getattr(node, "attr", getattr(node, "id", ""))
