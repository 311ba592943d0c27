"""A .docx as .pdf, converted by LibreOffice where it is installed: the very same paper, not a second layout.

`converted(content)` gives the bytes; `missing()` says in words what is not there, or "". One conversion runs at a
time on a machine: LibreOffice takes 200 MB and starts faster on a profile that is its own and stays. Who waits holds
a thread of the web server, so few may wait, and not for long. What a killed server left is ended and removed by the
next conversion.
"""

import fcntl
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

PROGRAMS = ("soffice", "libreoffice", "/opt/libreoffice/program/soffice", "/usr/lib/libreoffice/program/soffice")
FONTS = Path(__file__).parent / "papers" / "fonts.conf"
PATH = "/usr/local/bin:/usr/bin:/bin"  # what its start script needs; nothing of our own environment goes along
STEP = 0.1  # seconds between two looks
WAITS = 1 / 3  # of the time that a paper has may go by until its turn
TOGETHER = 2  # conversions, one of them waiting, for which a process of the web server gives its threads
MEMORY = 4 * 2**30  # bytes of addresses: a small picture may unpack to any size
BUSY = ("正在转换别的文件。", "请过一会儿再试，或者先下载 Word 文件。")
# A template may name addresses in ways that no check knows: nothing is fetched, nothing in a file is run.
SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
REGISTRY = 'xmlns:oor="http://openoffice.org/2001/registry"'

_places = threading.BoundedSemaphore(TOGETHER)

INSTEAD = "请先下载 Word 文件；需要 PDF 时，可以在 WPS 或 Word 里选“另存为 PDF”。"


class NoPdf(Exception):
    """The paper could not be converted; the .docx is there all the same. Says why, and what next."""

    def __init__(self, sentence: str, next_step: str = ""):
        super().__init__(sentence)
        self.sentence, self.next_step = sentence, next_step


def missing() -> str:
    """What to install, for whoever asks for a PDF; "" where LibreOffice is."""
    if program():
        return ""
    return f"服务器上没有安装 LibreOffice，暂时不能直接生成 PDF。{INSTEAD}管理员安装 LibreOffice（libreoffice-writer）后即可使用。"


def program() -> str:
    """Where LibreOffice is: the setting SOFFICE, or where it usually stands; "" where it is not."""
    names = (settings.SOFFICE,) if settings.SOFFICE else PROGRAMS
    return next((found for name in names if (found := shutil.which(name))), "")


def converted(content: bytes) -> bytes:
    """The .pdf of a .docx; NoPdf where there is no LibreOffice, it is busy, too slow, or cannot read the file."""
    if said := missing():
        raise NoPdf(said)
    now, home = time.monotonic(), _home()
    until = now + settings.PDF_SECONDS
    with _counted(), _alone(home, now + settings.PDF_SECONDS * WAITS):
        _tidy(home)
        return _made(home, content, until)


def _made(home: Path, content: bytes, until: float) -> bytes:
    with tempfile.TemporaryDirectory(dir=home, prefix="paper-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(content)
        _run(home, source, until)
        made = source.with_suffix(".pdf")
        if not made.is_file() or not made.stat().st_size:
            raise NoPdf("这份文件没有转换成 PDF。", INSTEAD)
        return made.read_bytes()


def _home() -> Path:
    home = Path(settings.PORTAL_DATA) / "pdf"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def _profile(home: Path) -> Path:
    return home.with_name("pdf-profile")


@contextmanager
def _counted() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise NoPdf(*BUSY)
    try:
        yield
    finally:
        _places.release()


@contextmanager
def _alone(home: Path, until: float) -> Iterator[None]:
    """Waits for its turn, on the whole machine."""
    with (home / "turn").open("w") as turn:
        while True:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > until:
                    raise NoPdf(*BUSY) from None
                time.sleep(STEP)
        yield


def _tidy(home: Path) -> None:
    """Nobody else is at work, so whatever is there was left by a server that was killed."""
    for folder in home.glob("paper-*"):
        shutil.rmtree(folder, ignore_errors=True)
    own = _installation(home).encode()
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if own in told.read_bytes().split(b"\0"):
                os.kill(int(told.parent.name), signal.SIGKILL)
        except OSError:  # gone, or not ours
            continue


def _installation(home: Path) -> str:
    return f"-env:UserInstallation={_profile(home).as_uri()}"


def _set_up(profile: Path) -> None:
    """What the program may do, in the place where it keeps its settings; it adds its own to them."""
    kept = profile / "user" / "registrymodifications.xcu"
    if kept.is_file() and "BlockUntrustedRefererLinks" in kept.read_text(encoding="utf-8", errors="replace"):
        return
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    kept.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items {REGISTRY}>{items}</oor:items>', encoding="utf-8"
    )


def _run(home: Path, source: Path, until: float) -> None:
    profile = _profile(home)
    _set_up(profile)
    command = [
        program(), _installation(home), "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    environment = {
        "PATH": PATH, "HOME": str(home), "LANG": "C.UTF-8", "TMPDIR": str(source.parent),
        "FONTCONFIG_FILE": str(FONTS), "SAL_USE_VCLPLUGIN": "svp",
    }  # fmt: skip
    process = subprocess.Popen(
        command, env=environment, cwd=source.parent, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    _bound(process.pid)
    try:
        process.wait(timeout=max(1.0, until - time.monotonic()))
        is_late = False
    except subprocess.TimeoutExpired:
        is_late = True
    finally:
        _end(process)
    if is_late:
        shutil.rmtree(profile, ignore_errors=True)  # what was killed may have left it half written
        raise NoPdf(f"转换超过 {settings.PDF_SECONDS} 秒，已经停止。", INSTEAD)


def _bound(pid: int) -> None:
    """How much the program and all it starts may take; the processor's time ends also one that nobody waits for."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, 4 * settings.PDF_SECONDS)):
        with suppress(OSError, ValueError):  # ended already, or kept shorter by the system
            resource.prlimit(pid, what, (most, most))


def _end(process: subprocess.Popen) -> None:
    """LibreOffice and all it started: they are a group of their own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
