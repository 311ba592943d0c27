"""One act on many rows of a case: each row is decided for itself and says how it went (design §6)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .engine import perform
from .errors import Invalid, NotFound, Refused
from .models import Case
from .querysets import CaseQuerySet
from .transition import Transition, process_named

MOST = 200  # rows in one batch


@dataclass(frozen=True)
class Result:
    """How it went with one row; `why` is empty when it was done. `case` is the row as it is now, None out of sight."""

    pk: int
    case: Case | None
    why: str = ""


def chosen(marks: Iterable[str]) -> dict[int, int | None]:
    """Row id → the version that was on the page, from "12-3" or "12"; nonsense is left out."""
    found = {}
    for mark in marks:
        pk, _, version = str(mark).partition("-")
        if pk.isascii() and pk.isdecimal() and len(pk) < 16:
            known = version.isascii() and version.isdecimal() and len(version) < 10
            found[int(pk)] = int(version) if known else None
    return dict(list(found.items())[:MOST])


def carry_out(
    act: str, rows: CaseQuerySet, versions: dict[int, int | None], actor, data
) -> tuple[list[Result], Invalid | None]:
    """Perform the act on the rows of `versions` among `rows`, in the order of `rows`.

    Ids that the actor does not see say so and nothing else. Returns the results, and the refused form when
    it was wrong for every row (then nothing was done).
    """
    results, invalid, seen = [], [], set()
    data = _common_to_all(process_named(rows.model.process_name).rows_of(act)[0], data)
    for row in rows.filter(pk__in=versions):
        seen.add(row.pk)
        result, refused = _tried(act, row, actor, data, versions[row.pk])
        results.append(result)
        invalid += [refused] if refused else []
    results += [Result(pk, None, str(NotFound())) for pk in versions if pk not in seen]
    if not invalid or len(invalid) < len(results):
        return results, None
    _for_many(invalid[0].form)
    return results, invalid[0]


def carry_out_each(
    act: str, rows: CaseQuerySet, versions: dict[int, int | None], actor, data_of: Callable[[Case], dict]
) -> list[Result]:
    """The same with what each row is given by itself; `data_of(row)` may raise Refused."""
    results, seen = [], set()
    for row in rows.filter(pk__in=versions):
        seen.add(row.pk)
        try:
            data = data_of(row)
        except Refused as refused:
            results.append(Result(row.pk, row, str(refused)))
        else:
            results.append(_tried(act, row, actor, data, versions[row.pk])[0])
    return results + [Result(pk, None, str(NotFound())) for pk in versions if pk not in seen]


def _tried(act: str, row: Case, actor, data, version: int | None) -> tuple[Result, Invalid | None]:
    """How it went with one row, and its form when that was wrong."""
    try:
        perform(act, row, actor, data, seen_version=version)
    except Invalid as refused:
        return Result(row.pk, row, sentences(refused)), refused
    except Refused as refused:
        return Result(row.pk, row, str(refused)), None
    return Result(row.pk, _as_it_is_now(row)), None


def form_for_many(row: Transition, case: Case, actor):
    """The act's form without what it would take over from one case; None when the act has no form."""
    if row.form is None:
        return None
    form = row.form(case=case, actor=actor)
    _for_many(form)
    for field in form.fields.values():
        field.initial = None
    return form


def _for_many(form) -> None:
    for name in [name for name in form.fields if _is_single(name, form)]:
        form.fields.pop(name)
    for name, text in form.helps_for_many.items():
        form.fields[name].help_text = text


def _common_to_all(row: Transition, data):
    """What was sent, without what makes sense for one case only."""
    data = data.copy()
    for name in [name for name in data if row.form and _is_single(name, row.form)]:
        data.pop(name)
    return data


def _is_single(name: str, form) -> bool:
    """`suggestion` also names the fields of each item: suggestion_1, suggestion_2."""
    return any(name == single or name.startswith(f"{single}_") for single in form.single_only)


def _as_it_is_now(row: Case) -> Case:
    """A number may have been given, or a unit."""
    return type(row).objects.for_acting().get(pk=row.pk)


def sentences(refused: Invalid) -> str:
    return "".join(sentence for errors in refused.errors.values() for sentence in errors)


def report(label: str, results: list[Result], text: Callable[[Case], str] = str) -> dict:
    """The results as a session keeps them for the next page."""
    lines = [{"text": text(r.case) if r.case else f"编号 {r.pk}", "why": r.why} for r in results]
    return {
        "label": label,
        "done": [line for line in lines if not line["why"]],
        "failed": [line for line in lines if line["why"]],
    }
