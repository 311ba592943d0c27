"""Rules of the house that a reader could check by eye, checked for every file."""

import ast
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


NOT_OURS = {
    ".git", ".venv", "var", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis",
    ".import_linter_cache", ".grimp_cache", ".env",
}  # fmt: skip


def tracked(suffix: str = "") -> list[Path]:
    """The project's own files; found by walking, because a copy without .git is tested as well."""
    found = []
    for place, folders, names in os.walk(ROOT):
        folders[:] = sorted(set(folders) - NOT_OURS)
        found += [Path(place) / name for name in sorted(names) if name.endswith(suffix) and name not in NOT_OURS]
    return found


def code() -> list[Path]:
    """Python that is neither a test nor a migration."""
    return [file for file in tracked(".py") if not {"tests", "migrations"} & set(file.relative_to(ROOT).parts)]


def lines_with(files: list[Path], pattern: str) -> list[str]:
    """'file:number: line' of each line in which the pattern occurs."""
    wanted = re.compile(pattern)
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]


def test_imports_point_one_way():
    done = subprocess.run([ROOT / ".venv/bin/lint-imports"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_states_are_written_by_the_engine_only():
    outside = [file for file in code() if file.relative_to(ROOT).parts[0] != "workflow"]
    assert lines_with(outside, r"\.state\s*=(?!=)") == []
    cases = [file for file in outside if file.relative_to(ROOT).parts[0] != "notices"]  # a letter's state is no case's
    assert lines_with(cases, r"\.update\([^)]*\bstate=") == []


def test_visibility_is_never_a_join_made_distinct():
    assert lines_with(code(), r"\.distinct\(\)") == []


def test_tasks_are_handed_over_after_commit_only():
    assert [line for line in lines_with(code(), r"\.(delay|apply_async)\(") if "on_commit" not in line] == []


def test_tasks_carry_no_eta():
    assert lines_with(code(), r"\b(eta|countdown)\s*=") == []


def test_files_are_short():
    files = [file for file in tracked(".py") if "migrations" not in file.parts]
    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short():
    found = {
        f"{file.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno
        for file in tracked(".py")
        if "migrations" not in file.parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: length for name, length in found.items() if length >= LONGEST_FUNCTION} == {}


def test_no_path_of_somebodys_machine():
    everything = [file for file in tracked() if file.suffix not in {".lock", ".png", ".ttf", ".xlsx", ".docx", ".pdf"}]
    homes = "/(root|home/[a-z]+|work|farm)/"  # in pieces, or this line would find itself
    assert lines_with(everything, homes) == []


def test_no_third_party_file_is_kept():
    names = [str(file.relative_to(ROOT)) for file in tracked()]
    assert [name for name in names if re.search(r"\.min\.(js|css)$|(^|/)vendor/|node_modules/", name)] == []


def test_migrations_need_no_extension_and_no_icu():
    migrations = [file for file in tracked(".py") if "migrations" in file.parts]
    assert lines_with(migrations, r"(?i)create extension|Extension\(\)|provider\s*=\s*'?icu|und-x-icu|zh-x-icu") == []


def test_no_vague_module_names():
    vague = {"utils", "helpers", "common", "misc"}
    assert [str(file) for file in tracked(".py") if vague & {part.removesuffix(".py") for part in file.parts}] == []
