"""Each variable is read in settings.py and nowhere else, and stands in .env.example and the README."""

import re

import pytest

from .portal_process import ROOT, manage

READ = re.compile(r"""\benv(?:\.\w+)?\(\s*"([A-Z_]+)\"""")
SHOWN = re.compile(r"^# ?([A-Z_]+)=", re.MULTILINE)


def read_in_settings() -> set[str]:
    return set(READ.findall((ROOT / "xiping_cppcc" / "settings.py").read_text()))


def test_example_names_every_variable():
    assert set(SHOWN.findall((ROOT / ".env.example").read_text())) == read_in_settings()


def test_readme_names_every_variable():
    table = (ROOT / "README.md").read_text().split("## Environment variables")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == read_in_settings()


def test_production_example_uses_known_variables():
    given = re.findall(r"^([A-Z_]+)=", (ROOT / "deploy/systemd/portal.env.example").read_text(), re.MULTILINE)
    assert set(given) - read_in_settings() == set()


def test_nothing_else_reads_the_environment():
    allowed = {"xiping_cppcc/settings.py", "xiping_cppcc/wsgi.py", "xiping_cppcc/celery.py", "manage.py"}
    readers = re.compile(r"os\.environ\b|os\.getenv|environ\.Env\b")
    # These pass the environment on to a program; they take nothing from it.
    passing_on = {"xiping_cppcc/backups/programs.py", "xiping_cppcc/backups/writing.py", "xiping_cppcc/environment.py"}
    found = {
        str(file.relative_to(ROOT))
        for app in [*ROOT.glob("*/apps.py")]
        for file in app.parent.rglob("*.py")
        if readers.search(file.read_text())
    }
    assert found - allowed == passing_on


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEB_WORKERS", "two"),
        ("LOGIN_FAILURES", "ten"),
        ("DATABASE_URL", "postgres://u:p@h:port/x"),
        ("EMAIL_URL", "mail.example.cn"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_a_sentence_that_names_the_variable(tmp_path, name, value):
    done = manage(tmp_path, "check", **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert value not in done.stderr


def test_an_unwritable_data_folder_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    done = manage(tmp_path / "file", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert "PORTAL_DATA" in done.stderr
    assert "Traceback" not in done.stderr
