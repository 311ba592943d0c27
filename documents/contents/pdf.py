"""Words of a PDF's text layer, read by a process of its own that can be stopped."""

import os
import subprocess
import sys

from .budget import MAX_CHARACTERS, Text, Unreadable

MOST_PAGES = 60
MEMORY = 1024 * 1024 * 1024
# Without a font there is no text; fonts may lie in packed objects.
FONTS = (b"/Font", b"/ObjStm")


def has_text_layer(stream) -> bool:
    """False for a scan, without opening it."""
    tail = b""
    while chunk := stream.read(1024 * 1024):
        if any(word in tail + chunk for word in FONTS):
            return True
        tail = chunk[-16:]
    return False


def words_of(path: str, text: Text) -> None:
    """Raises Unreadable when the file is broken, locked or takes too long."""
    try:
        done = subprocess.run(_command(path), capture_output=True, timeout=text.seconds, check=False, cwd=_root())
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Unreadable from error
    if done.returncode:
        raise Unreadable
    text.add(done.stdout.decode("utf-8", errors="replace"))


def _command(path: str) -> list[str]:
    return [sys.executable, "-m", "documents.contents.pdf", path]


def _root() -> str:
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main(path: str) -> None:
    """The child: first and last pages, until there are enough characters. Any fault ends it with a code."""
    _limit()
    import pypdf

    reader = pypdf.PdfReader(path)
    pages = list(reader.pages)
    half = MOST_PAGES // 2
    kept = pages if len(pages) <= MOST_PAGES else pages[:half] + pages[-half:]
    length = 0
    for page in kept:
        words = page.extract_text() + "\n"
        length += len(words)
        sys.stdout.buffer.write(words.encode("utf-8", errors="replace"))
        if length > MAX_CHARACTERS:
            return


def _limit() -> None:
    try:
        import resource
    except ImportError:  # another system than Linux
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


if __name__ == "__main__":
    main(sys.argv[1])
