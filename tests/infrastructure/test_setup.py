"""The scripts that run before there is a Python environment, on machines made of stub programs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .portal_process import ROOT

NEEDED = ["sh", "dirname", "cmp", "awk", "df", "cat", "cp", "rm", "sleep", "env", "printf", "mktemp"]


@pytest.fixture
def machine(tmp_path):
    """A function that runs a script with these programs only; each is (name, what its shell script does)."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in NEEDED:
        (folder / name).symlink_to(shutil.which(name))

    def run(script: str, cwd: Path = ROOT, **programs: str) -> subprocess.CompletedProcess:
        for name, body in programs.items():
            file = folder / name.replace("_", "-")
            file.unlink(missing_ok=True)
            file.write_text(f"#!/bin/sh\n{body}\n")
            file.chmod(0o755)
        environment = {
            "PATH": str(folder),
            "HOME": str(tmp_path),
            "SYSTEM_PYTHON": str(tmp_path / "system" / "python3"),
        }
        return subprocess.run([cwd / ".ci" / script], env=environment, cwd=cwd, capture_output=True, text=True)

    return run


@pytest.fixture
def checkout(tmp_path):
    """A copy of what setup reads."""
    folder = tmp_path / "clone"
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    shutil.copy(ROOT / "requirements.lock", folder)
    return folder


def test_an_unchanged_lock_needs_nothing(machine, checkout):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "requirements.lock", checkout / ".venv" / "installed.lock")
    (checkout / ".venv" / "bin" / "python").symlink_to("/bin/true")
    done = machine("setup", checkout)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_python_is_a_sentence(machine, checkout):
    done = machine("setup", checkout, id="echo 1000")
    assert done.returncode == 1
    assert done.stderr.startswith("没有找到 Python 3.11 或更高版本。")


def test_no_network_is_a_sentence(machine, checkout):
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\n[ "$1" = -c ] || [ "$*" = "-m pip --version" ]\n')
    python.chmod(0o755)
    done = machine("setup", checkout, id="echo 1000")
    assert done.returncode == 1
    assert "请检查网络后重新运行" in done.stderr
    assert not (checkout / ".venv" / "installed.lock").exists()


def test_an_interrupted_first_setup_is_begun_again(machine, checkout, tmp_path):
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\n[ "$1" = -c ]\n')  # no pip
    python.chmod(0o755)
    done = machine("setup", checkout, id="echo 1000", python3=f'[ "$1" = -c ] || echo "$@" >>{tmp_path}/asked')
    assert "正在建立 Python 环境" in done.stdout
    assert (tmp_path / "asked").read_text() == "-m venv .venv\n"


def test_the_systems_python_is_asked_first_and_another_where_it_cannot(machine, checkout, tmp_path):
    system = tmp_path / "system" / "python3"
    system.parent.mkdir()
    system.write_text(f'#!/bin/sh\n[ "$1" = -c ] || {{ echo system >>{tmp_path}/asked; exit 1; }}\n')
    system.chmod(0o755)
    machine("setup", checkout, id="echo 1000", python3=f'[ "$1" = -c ] || echo own >>{tmp_path}/asked')
    assert (tmp_path / "asked").read_text() == "system\nown\n"


def test_packages_left_behind_by_an_upgrade_of_python_are_installed_again(machine, checkout):
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    shutil.copy(ROOT / "requirements.lock", checkout / ".venv" / "installed.lock")
    python.write_text('#!/bin/sh\ncase "$2" in *django*) exit 1 ;; esac\n[ "$1" = -c ]\n')
    python.chmod(0o755)
    assert machine("setup", checkout, id="echo 1000").returncode == 1


@pytest.mark.parametrize(("given", "seen"), [({}, "[]"), ({"PORT": "8123"}, "[8123]")])
def test_make_has_no_port_of_its_own(given, seen):
    """Otherwise PORT in .env is never asked."""
    environment = {"PATH": os.environ["PATH"], **given}
    command = ["make", "-s", "--eval", 'show:;@echo "[$$PORT]"', "show"]
    assert subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True).stdout.strip() == seen
    planned = subprocess.run(["make", "-n", "run"], cwd=ROOT, env=environment, capture_output=True, text=True).stdout
    assert "--port" not in planned


def test_a_full_disk_is_a_sentence(machine, checkout):
    done = machine("setup", checkout, id="echo 1000", df='echo header; echo "disk 100 90 10 90% /"')
    assert done.returncode == 1
    assert done.stderr == "磁盘只剩 10 MB，安装依赖需要 1500 MB。请清理磁盘后重试。\n"


MISSING = "缺少 Chromium 或中文字体，请执行：sudo apt-get install -y chromium fonts-noto-cjk"


def test_browser_there(machine):
    done = machine("browser", chromium="true", fc_list="echo Noto")
    assert (done.returncode, done.stdout) == (0, "")


def test_browser_missing_without_rights_is_one_line(machine):
    done = machine("browser", id="echo 1000", sudo="exit 1", apt_get="exit 1", fc_list="true")
    assert done.returncode == 1
    assert done.stderr.startswith(MISSING)
    assert done.stderr.count("\n") == 1


def test_root_installs_it(machine, tmp_path):
    install = f'echo "$@" >>{tmp_path}/asked; ln -s {shutil.which("true")} {tmp_path}/bin/chromium'
    done = machine(
        "browser",
        id="echo 0",
        apt_get=install,
        fc_list=f"test -e {tmp_path}/bin/chromium && echo Noto",
        ln=f'exec {shutil.which("ln")} "$@"',
    )
    assert done.returncode == 0
    assert (tmp_path / "asked").read_text() == "install -y chromium fonts-noto-cjk fontconfig\n"


def test_root_takes_the_one_without_a_window_where_there_is_one(machine, tmp_path):
    install = f'echo "$@" >>{tmp_path}/asked; ln -sf {shutil.which("true")} {tmp_path}/bin/chromium-headless-shell'
    known = {"ls": "true", "apt_cache": "true", "timeout": 'shift; exec "$@"', "ln": f'exec {shutil.which("ln")} "$@"'}
    done = machine("browser", id="echo 0", chromium="true", fc_list="echo Noto", apt_get=install, **known)
    assert (done.returncode, "正在安装不带窗口的 Chromium" in done.stdout) == (0, True)
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == ["install -y --download-only chromium-headless-shell", "install -y chromium-headless-shell"]


def test_what_cannot_be_installed_is_done_without(machine):
    known = {"ls": "true", "apt_cache": "true", "timeout": 'shift; exec "$@"'}
    done = machine("browser", id="echo 0", chromium="true", fc_list="echo Noto", apt_get="exit 1", **known)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_account_with_sudo_installs_it(machine, tmp_path):
    done = machine(
        "browser", id="echo 1000", sudo=f'printf "%s\\n" "$*" >>{tmp_path}/asked', apt_get="true", fc_list="true"
    )
    assert done.returncode == 1
    assert "-n apt-get install -y chromium fonts-noto-cjk fontconfig" in (tmp_path / "asked").read_text()


def test_the_lock_names_no_host_and_every_package_has_a_hash():
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    assert [line for line in lines if "://" in line] == []
    pinned = [line for line in lines if "==" in line and not line.startswith((" ", "#"))]
    assert [line for line in pinned if not line.endswith("\\")] == []
    assert len(pinned) > 80


@pytest.mark.parametrize("script", ["setup", "browser", "run", "test"])
def test_scripts_are_executable(script):
    assert os.access(ROOT / ".ci" / script, os.X_OK)
