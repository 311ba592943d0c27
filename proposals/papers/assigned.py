"""Names of the files, and many 交办单 with the lists of their units as one .zip."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from documents.names import clean_name

from . import slip, unit_list
from .bundle import IN_MEMORY, LONGEST_NAME
from .slip import Slip
from .unit_list import UnitList

MOST = 300  # one request; a session has 200 to 300 proposals


@dataclass(frozen=True)
class Made:
    """The caller closes the file."""

    file: object
    count: int


def slip_name(one: Slip) -> str:
    """001号_交办单_关于….docx"""
    proposal = one.case.proposal
    return f"{_plain(f'{proposal.short_number}号_交办单_{proposal}')}.docx"


def list_name(one: UnitList, form: str) -> str:
    return f"{_plain(f'{one.unit.name}_交办清单')}.{form}"


def _plain(text: str) -> str:
    return clean_name(text.replace("/", "／").replace("\\", "＼")[:LONGEST_NAME])


def write(slips: Iterable[Slip], lists: Iterable[UnitList]) -> Made:
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (it is answered with)
    taken: set[str] = set()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for one in slips:
            out.writestr(_unused(f"交办单/{slip_name(one)}", taken), slip.content(one))
        for one in lists:
            for form, write_one in unit_list.FORMS.items():
                out.writestr(_unused(f"交办清单/{list_name(one, form)}", taken), write_one(one))
    file.seek(0)
    return Made(file, len(taken))


def _unused(name: str, taken: set[str]) -> str:
    """Namesakes (two units of one name, an old number) keep their papers."""
    stem, _, ending = name.rpartition(".")
    count, free = 2, name
    while free in taken:
        free, count = f"{stem}（{count}）.{ending}", count + 1
    taken.add(free)
    return free
