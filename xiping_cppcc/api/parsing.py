"""Reading JSON bodies: bounded in size and depth, and only text that the database can keep."""

from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from rest_framework.parsers import JSONParser

from .problems import Problem


class BoundedJSONParser(JSONParser):
    def parse(self, stream, media_type=None, parser_context=None):
        """The parsed body. Raises ParseError, or a Problem for what is too large or cannot be kept."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise Problem("too_large")
        try:
            data = super().parse(BytesIO(body), media_type, parser_context)
        except RecursionError:
            raise Problem("parse_error", "内容嵌套过深。", "请按接口说明改正。") from None
        if not all(_can_be_kept(text) for text in _texts(data)):
            raise Problem("parse_error", "内容里有不能保存的字符。", "请删去后重新提交。")
        return data


def _texts(data) -> Iterator[str]:
    """Every text in the body, keys too."""
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item


def _can_be_kept(text: str) -> bool:
    """PostgreSQL keeps neither NUL nor half a character."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
