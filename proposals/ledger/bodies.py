"""Units, collectives and categories: the known ones by name, the others made ready to be added."""

import re

from documents.sheets import text
from members.bodies import Bodies
from members.models import Organization, OrganizationKind, Session, System
from members.models.organization import COLLECTIVE_KINDS
from proposals.kinds import CategorySystem
from proposals.models import Category

UNKNOWN_UNIT = "承办单位未登记（台账）"
UNKNOWN_UNIT_CODE = "ledger_unit"

# What the name of an unknown collective tells about its kind; the first that fits.
KINDS = (
    (("工会", "团县委", "共青团", "青年团", "妇联", "妇女联合会", "工商联", "工商业联合会", "科协", "侨联", "台联", "残联", "青联", "文联"),
     OrganizationKind.PEOPLES),
    (("支部", "民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟", "总支", "基层委员会"), OrganizationKind.PARTY),
    (("联络组", "联络委"), OrganizationKind.TOWNSHIP_GROUP),
    (("组",), OrganizationKind.COUNTY_GROUP),
    (("界",), OrganizationKind.SECTOR),
    (("委员会", "专委会", "委"), OrganizationKind.COMMITTEE),
)  # fmt: skip


class Units(Bodies):
    def __init__(self, session: Session):
        unit = OrganizationKind.UNIT
        super().__init__([unit], session.opens, _known_since(session), lambda _name: unit)

    def add(self, name: str) -> Organization:
        body = super().add(name)
        body.system = _system(name)
        return body

    def unrecorded(self) -> Organization:
        """Stands for the unit of a case whose ledger row tells that it was answered, but not by whom."""
        found = Organization.objects.filter(code=UNKNOWN_UNIT_CODE).first() or self.new.get(UNKNOWN_UNIT)
        if found is None:
            found = self.add(UNKNOWN_UNIT)
            found.code, found.system, found.ends = UNKNOWN_UNIT_CODE, System.OTHER, found.starts
        return found


class Collectives(Bodies):
    def __init__(self, session: Session):
        super().__init__(COLLECTIVE_KINDS, session.opens, _known_since(session), _kind_of)


class Sectors(Bodies):
    """The sectors in brackets behind names that nobody knows."""

    def __init__(self, session: Session):
        sector = OrganizationKind.SECTOR
        super().__init__([sector], session.opens, _known_since(session), lambda _name: sector)


class Categories:
    """The business categories by name; unknown ones are kept in `new` until they are saved."""

    def __init__(self):
        found = Category.objects.filter(system=CategorySystem.BUSINESS)
        self._known = {text.code(category.name): category for category in found}
        self.new: dict[str, Category] = {}

    def resolve(self, name: str) -> Category | None:
        if not name:
            return None
        key = text.code(name)
        if key not in self._known:
            order = len(self._known) + 1
            self._known[key] = self.new[name] = Category(system=CategorySystem.BUSINESS, name=name, order=order)
        return self._known[key]

    def save_new(self) -> None:
        Category.objects.bulk_create(self.new.values())


def _known_since(session: Session):
    return min(session.term.starts, session.opens)


def _kind_of(name: str) -> str:
    return next((kind for marks, kind in KINDS if any(mark in name for mark in marks)), OrganizationKind.PEOPLES)


def _system(name: str) -> str:
    if re.search(r"(乡|镇|街道)(人民政府|政府|办事处)?$", name):
        return System.TOWNSHIP
    if re.search(r"县委|组织部|宣传部|统战部|政法委|纪委|编办", name):
        return System.PARTY
    return System.GOVERNMENT if name.endswith(("局", "委", "办公室", "政府")) else System.OTHER
