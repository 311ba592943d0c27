"""What production is given, checked by the programs that will read it, where they are."""

import os
import re
import shutil
import subprocess

import pytest

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


def test_compose_file_follows_the_schema():
    done = run(
        ROOT / ".venv/bin/check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose/compose.yaml"
    )
    assert done.returncode == 0, done.stdout
