"""我的数据: one .zip with everything held about a person, as a workbook to read and as JSON for programs."""

import io
import json
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction

from documents.sheets.writing import tables
from members.models import DataExport, Person, User
from workflow.door import current_door

from . import holdings

WORKBOOK, DATA = "我的数据.xlsx", "我的数据.json"


@transaction.atomic
def copy_of(person: Person) -> bytes:
    """The file; that it was taken is noted, and stands in it."""
    door = current_door()
    DataExport.objects.create(person=person, door=door.name, ip=door.ip)
    user = User.objects.filter(person=person).first()
    found = [(part, [list(row) for row in part.rows(person, user)]) for part in holdings.parts()]
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr(WORKBOOK, tables((part.title, part.columns, rows) for part, rows in found))
        packed.writestr(DATA, json.dumps(_as_data(found), ensure_ascii=False, indent=2))
    return file.getvalue()


def _as_data(found) -> dict[str, list[dict]]:
    """{part: [{column: value}]}."""
    return {part.title: [dict(zip(part.columns, row, strict=True)) for row in rows] for part, rows in found}
