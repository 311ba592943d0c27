"""Each variable is read in settings.py and nowhere else, and stands in .env.example and the README."""

import os
import re
import runpy
import warnings

import environ
import pytest

from xiping_cppcc.embedded.refusal import CannotStart

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


@pytest.fixture
def settings_with(tmp_path, monkeypatch):
    """A function that reads settings.py anew, with these variables and no others."""

    def read(**variables: str) -> dict:
        given = {"PORTAL_DATA": str(tmp_path), "ENV_FILE": os.devnull, **variables}
        monkeypatch.setattr(environ.Env, "ENVIRON", given)
        return runpy.run_path(str(ROOT / "xiping_cppcc" / "settings.py"))

    return read


WRONG = {
    "WEB_WORKERS": ["two", "0"],
    "WEB_THREADS": ["0"],
    "WORKER_PROCESSES": ["0"],
    "PORT": ["70000", "0"],
    "SESSION_IDLE_MINUTES": ["-5"],
    "SESSION_HOURS": ["9999999999"],
    "LOGIN_FAILURES": ["ten", "0"],
    "LOGIN_LOCK_MINUTES": ["0"],
    "TRUSTED_PROXIES": ["-1"],
    "UPLOAD_MEGABYTES": ["-1"],
    "BACKUP_KEEP": ["0", "-1"],
    "BACKUP_HOUR": ["25", "-2"],
    "API_TOKEN_DAYS": ["0"],
    "API_RATE": ["abc", "0/min", "10/fortnight"],
    "API_LOGIN_RATE": ["abc"],
    "HTTPS": ["ture"],
    "DEBUG": ["maybe"],
    "REPLY_DRAFT_FOR_COMMENT": ["ture"],
    "REPLY_SCAN_REQUIRED": ["ja"],
    "REDIS_URL": ["amqp://127.0.0.1", "redis://h:abc/0", "redis://", "h:6379"],
    "EMAIL_URL": ["mail.example.cn", "smtp+tls://u:p@h:abc"],
    "LOG_FORMAT": ["xml"],
    "DATABASE_URL": [
        "nonsense",
        "db.example.com/portal",
        "u:secret@host/portal",
        "//u:secret@host:5432/portal",
        "mysql://u:secret@host/portal",
        "foo://u:secret@host/portal",
        "sqlite:///portal.sqlite3",
        "postgres://u:secret@host:port/portal",
        "postgres://u:secret@host",
    ],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_a_wrong_value_is_a_sentence_that_names_the_variable(settings_with, name, value):
    with warnings.catch_warnings(record=True) as warned, pytest.raises(CannotStart, match=name) as refusal:
        warnings.simplefilter("always")
        settings_with(**{name: value})
    assert (warned, "secret" in str(refusal.value)) == ([], False)
    # gunicorn and celery print the whole chain, and the library's error may hold the address.
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def test_a_refusal_reaches_the_terminal_without_a_traceback(tmp_path):
    done = manage(tmp_path, "check", DATABASE_URL="db.example.com/portal")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("环境变量 DATABASE_URL 不是数据库地址格式，请写成 postgres://")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("address", "host", "name"),
    [
        ("postgres://u:p%40@h:5432/portal", "h", "portal"),
        ("postgresql://u@h/portal?sslmode=require", "h", "portal"),
        ("postgres:////run/postgresql/portal", "/run/postgresql", "portal"),
    ],
)
def test_database_addresses(settings_with, address, host, name):
    found = settings_with(DATABASE_URL=address)
    database = found["DATABASES"]["default"]
    assert (found["EMBEDDED_POSTGRES"], database["HOST"], database["NAME"]) == (False, host, name)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["OPTIONS"]["connect_timeout"] == 5
    assert database["OPTIONS"].get("sslmode") == ("require" if "sslmode" in address else None)


def test_an_empty_value_is_as_good_as_none(settings_with):
    def plain(found: dict) -> dict:
        return {name: value for name, value in found.items() if name.isupper() and name != "SECRET_KEY"}

    empty = settings_with(**dict.fromkeys(read_in_settings() - {"PORTAL_DATA", "ENV_FILE"}, ""))
    assert plain(empty) == plain(settings_with())
    assert settings_with(PORTAL_DATA="")["PORTAL_DATA"] == ROOT / "var"


class TestFileOfVariables:
    def test_a_mark_of_windows_before_the_first_line(self, settings_with, tmp_path):
        file = tmp_path / "v.env"
        file.write_bytes("\ufeffHTTPS=true\r\n# 说明\r\n\r\nPORT=8123\r\n".encode())
        found = settings_with(ENV_FILE=str(file))
        assert (found["HTTPS"], found["PORT"]) == (True, 8123)

    def test_the_environment_stands_above_it(self, settings_with, tmp_path):
        (tmp_path / "v.env").write_text("PORT=8123\n")
        assert settings_with(ENV_FILE=str(tmp_path / "v.env"), PORT="9000")["PORT"] == 9000

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("DEFAULT_FROM_EMAIL=政协".encode("gbk"), "不是 UTF-8 编码"),
            (b"PORT=8000\nSECRET_KEY = hidden\n", "第 2 行不是“名称=值”"),
            (None, "不能读取"),
        ],
    )
    def test_one_that_cannot_be_read_is_a_sentence(self, settings_with, tmp_path, content, said):
        file = tmp_path / "v.env"
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(CannotStart, match=said) as refusal:
            settings_with(ENV_FILE=str(file))
        assert str(file) in str(refusal.value)
        assert "hidden" not in str(refusal.value)

    def test_the_tests_read_none(self):
        assert os.environ["ENV_FILE"] == os.devnull
        assert "ENV_FILE=/dev/null" in (ROOT / ".ci" / "test").read_text()


def test_an_unwritable_data_folder_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    done = manage(tmp_path / "file", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert "PORTAL_DATA" in done.stderr
    assert "Traceback" not in done.stderr
