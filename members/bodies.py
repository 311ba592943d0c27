"""Organizations by the names people write: the full name, the short one, the one without the county's."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from documents.sheets import text
from documents.sheets.rows import RowReader

from .models import Organization

COUNTY = re.compile(r"^\w{0,3}县(?=\w{2,})")
SEAT_OF_TOWN = re.compile(r"(?<=[乡镇])(人民政府|政府)$|(?<=街道)(办事处)$")


class Bodies:
    """Organizations of some kinds as on `day`. Unknown ones are made ready in `new`, unsaved."""

    def __init__(self, kinds: Iterable[str], day: date, starts: date, kind_of: Callable[[str], str]):
        self.day, self.starts, self.kind_of = day, starts, kind_of
        self.new: dict[str, Organization] = {}
        self._exact: dict[str, list[Organization]] = defaultdict(list)
        self._loose: dict[str, list[Organization]] = defaultdict(list)
        for body in Organization.objects.of_kind(*kinds).order_by("pk"):
            self._enter(body)

    def _enter(self, body: Organization) -> None:
        for name in {text.code(body.name), text.code(body.short_name)} - {""}:
            self._exact[name].append(body)
        for name in {loose_name(body.name), loose_name(body.short_name)} - {""}:
            self._loose[name].append(body)

    def known(self, name: str) -> list[Organization]:
        """Those the name may mean, the ones in force on the day before the ended ones."""
        found = self._exact.get(text.code(name)) or self._loose.get(loose_name(name)) or []
        in_force = [body for body in found if body.pk is None or body.in_force(self.day)]
        return in_force or found

    def resolve(self, name: str, reader: RowReader, key: str) -> Organization | None:
        """The one that is meant, or a new one; several are a problem of the row."""
        found = self.known(name)
        if len(found) > 1:
            names = "、".join(f"{body.name}（{body.get_kind_display()}）" for body in found)
            reader.problem(key, f"“{name}”可能是：{names}。请写全称")
            return None
        return found[0] if found else self.add(name)

    def add(self, name: str) -> Organization:
        body = Organization(name=name, kind=self.kind_of(name), starts=self.starts)
        self.new[name] = body
        self._enter(body)
        return body

    def save_new(self) -> None:
        for body in self.new.values():
            body.save()


def loose_name(name: str) -> str:
    """西平县教育局, 县教育局 and 教育局 are one; 出山镇人民政府 is 出山镇; 教育界 is 教育."""
    bare = SEAT_OF_TOWN.sub("", COUNTY.sub("", text.code(name)))
    return re.sub(r"(?<=\w\w)界别?$", "", bare)
