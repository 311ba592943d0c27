"""Taking a list out of the portal as a person does: the page, all its columns, the file."""

import io

from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

HEAD = 2  # the row of the head; above it stands the title, below it the rows


def address(key: str, query: str = "") -> str:
    return f"/exports/of/{key}/?{query}"


def choices(client: Client, key: str, query: str = "") -> dict[str, list[str]]:
    """What the page offers: audiences and columns by their keys."""
    form = client.get(address(key, query)).context["form"]
    return {name: [value for value, _label in form.fields[name].choices] for name in ("audience", "columns")}


def taken(client: Client, key: str, query: str = "", audience: str = "", columns=(), **more):
    """The answer to the form, with every column unless some are named."""
    offered = choices(client, key, query)
    data = {"audience": audience or offered["audience"][0], "columns": list(columns) or offered["columns"], **more}
    return client.post(address(key, query), data)


def sheet_of(client: Client, key: str, query: str = "", audience: str = "", columns=(), **more) -> Worksheet:
    answer = taken(client, key, query, audience, columns, **more)
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def rows_of(sheet: Worksheet) -> list[dict]:
    head, *rows = list(sheet.values)[HEAD - 1 :]
    return [dict(zip(head, row, strict=True)) for row in rows]
