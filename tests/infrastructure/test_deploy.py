"""What production is given, checked by the programs that will read it, where they are."""

import os
import re
import shutil
import subprocess
from pathlib import PurePath

import pytest
import yaml

from .portal_process import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


SYSTEM_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def needs(program: str):
    return pytest.mark.skipif(shutil.which(program, path=SYSTEM_PATH) is None, reason=f"本机没有 {program}")


def run(program, *arguments) -> subprocess.CompletedProcess:
    found = shutil.which(program, path=SYSTEM_PATH) or program
    return subprocess.run([found, *arguments], capture_output=True, text=True)


@needs("systemd-analyze")
def test_units(tmp_path):
    (tmp_path / "portal").symlink_to(ROOT)  # the checkout's own path may hold a space, which units cannot
    here = []
    for unit in UNITS:
        copy = tmp_path / unit.name
        copy.write_text(unit.read_text().replace("/srv/portal", str(tmp_path / "portal")))
        here.append(copy)
    done = run("systemd-analyze", "verify", "--man=no", *here)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "portal-" in line]) == (0, [])


def test_one_scheduler_only():
    assert sum("--beat" in unit.read_text() for unit in UNITS) == 1


@pytest.fixture
def site(tmp_path):
    """A function that gives an nginx.conf around a site file, with a certificate made for the test."""
    subject = ["-subj", "/CN=zx.example.gov.cn", "-days", "1", "-nodes"]
    done = run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        *subject,
        "-keyout",
        tmp_path / "portal.key",
        "-out",
        tmp_path / "portal.crt",
    )
    assert done.returncode == 0, done.stderr

    def wrap(file) -> str:
        text = (
            file.read_text()
            .replace("/etc/portal/tls", str(tmp_path))
            .replace("server web:8000", "server 127.0.0.1:8000")
        )
        text = text.replace("http://web:8000", "http://127.0.0.1:8000")
        text = re.sub(r"listen (\[::\]:)?(80|443)", r"listen \g<1>1\2", text)
        (tmp_path / "site.conf").write_text(text)
        (tmp_path / "nginx.conf").write_text(
            f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
            f"http {{ access_log off; client_body_temp_path {tmp_path}/a; proxy_temp_path {tmp_path}/b;"
            f" fastcgi_temp_path {tmp_path}/c; uwsgi_temp_path {tmp_path}/d; scgi_temp_path {tmp_path}/e;"
            f" include {tmp_path}/site.conf; }}\n"
        )
        return str(tmp_path / "nginx.conf")

    return wrap


@needs("nginx")
@needs("openssl")
@pytest.mark.parametrize("name", ["nginx/portal.conf", "compose/nginx.conf"])
def test_nginx_sites(site, name):
    done = run("nginx", "-t", "-c", site(DEPLOY / name))
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_nginx_believes_no_caller():
    for file in (DEPLOY / "nginx/portal.conf", DEPLOY / "compose/nginx.conf"):
        text = file.read_text()
        assert "X-Forwarded-For $remote_addr;" in text
        assert "proxy_add_x_forwarded_for" not in text


def test_nginx_serves_attachments_only_by_order():
    text = (DEPLOY / "nginx/portal.conf").read_text()
    location = text.split("location /protected/ {")[1].split("}")[0]
    assert "internal;" in location
    assert "X_ACCEL_PREFIX=/protected/\n" in (DEPLOY / "systemd/portal.env.example").read_text()


@pytest.fixture
def server(tmp_path):
    """A function that runs deploy/manage on a machine whose programs only write down what they are given."""
    shutil.copytree(DEPLOY, tmp_path / "srv" / "deploy")
    python = tmp_path / "srv" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$(pwd)|$*|$ENV_FILE|${DATABASE_URL-unset}"\n')
    (tmp_path / "runuser").write_text('#!/bin/sh\n[ "$1 $2 $3" = "-u portal --" ] || exit 9\nshift 3\nexec "$@"\n')
    for program in (python, tmp_path / "runuser"):
        program.chmod(0o755)

    def manage(*arguments) -> str:
        environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "DATABASE_URL": "of root"}
        command = [tmp_path / "srv" / "deploy" / "manage", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True).stdout.strip()

    return manage


def test_manage_puts_no_secret_on_a_command_line(server, tmp_path):
    said = server("backup", "/var/backups/portal/更新 前")
    assert said == f"{tmp_path}/srv|manage.py backup /var/backups/portal/更新 前|/etc/portal/portal.env|unset"
    manual = (ROOT / "docs" / "operation.md").read_text()
    assert "xargs" not in manual
    assert "/srv/portal/deploy/manage restore" in manual


@pytest.mark.parametrize("place", ["deploy/compose/.env", "deploy/compose/tls/portal.key"])
def test_secrets_stay_out_of_the_image_and_the_repository(place):
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert any(PurePath(place).match(line) or place.startswith(f"{line}/") for line in lines)
    done = run("git", "-C", ROOT, "check-ignore", "-q", "--no-index", place)
    if done.returncode == 128:
        pytest.skip("不是 git 检出的代码")
    assert done.returncode == 0


def test_compose_passes_every_variable_on():
    services = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())["services"]
    for name in ("web", "worker", "prepare"):
        assert services[name]["env_file"] == ".env"
        assert f"backups:{services[name]['environment']['BACKUP_DIR']}" in services[name]["volumes"]


def test_units_may_write_where_the_example_puts_backups():
    given = re.search(r"^BACKUP_DIR=(.*)$", (DEPLOY / "systemd/portal.env.example").read_text(), re.MULTILINE).group(1)
    for unit in UNITS:
        assert f"ReadWritePaths=-{given}\n" in unit.read_text()
    assert "systemctl edit portal-web portal-worker" in (ROOT / "docs" / "operation.md").read_text()


def test_compose_file_follows_the_schema():
    done = run(
        ROOT / ".venv/bin/check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose/compose.yaml"
    )
    assert done.returncode == 0, done.stdout
