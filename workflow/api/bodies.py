"""A JSON body as the data of an act's form: only its fields, each of a type that the form can read."""

from django import forms

from xiping_cppcc.api.problems import Problem

from .fields import is_multiple, kind_of

MOST_VALUES = 200
# Keys are bigint; a longer number would make the database refuse the whole query.
LONGEST_KEY = 18
LONGEST_KEY_OF_FILE = 40


def form_data(body, fields: dict[str, forms.Field]) -> dict:
    """field → text, bool, None or list of texts. Raises the problem of a body that does not fit."""
    if body in (None, ""):
        body = {}
    if not isinstance(body, dict):
        raise _refused([_error("", "请提交一个 JSON 对象。")])
    errors = [_error(name, "没有这一项，不能填写。") for name in body if name not in fields]
    data = {}
    for name, field in fields.items():
        value = body.get(name)
        sentence = _misfit(field, value)
        if sentence:
            errors.append(_error(name, sentence))
        else:
            data[name] = _as_posted(field, value)
    if errors:
        raise _refused(errors)
    return data


def _misfit(field: forms.Field, value) -> str:
    if value is None:
        return ""
    if is_multiple(field):
        fits = isinstance(value, list) and all(_is_key(field, item) for item in value)
        return "" if fits and len(value) <= MOST_VALUES else f"请填写编号的列表，最多 {MOST_VALUES} 个。"
    if kind_of(field) == "boolean":
        return "" if isinstance(value, bool) else "请填写 true 或 false。"
    if hasattr(field, "queryset"):
        return "" if value == "" or _is_key(field, value) else "请填写编号。"
    return "" if isinstance(value, str) or _is_number(value) else "请填写文字。"


def _is_key(field: forms.Field, value) -> bool:
    if not (isinstance(value, str) or _is_number(value)):
        return False
    text = str(value)
    if not hasattr(field, "queryset"):
        return True
    if field.queryset.model._meta.pk.get_internal_type() == "UUIDField":
        return len(text) <= LONGEST_KEY_OF_FILE
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


def _is_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _as_posted(field: forms.Field, value):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value)


def _error(name: str, sentence: str) -> dict:
    escaped = str(name).replace("~", "~0").replace("/", "~1")[:80]
    return {"pointer": f"/{escaped}" if name else "", "detail": sentence}


def _refused(errors: list[dict]) -> Problem:
    return Problem("invalid", errors=errors[:50])
