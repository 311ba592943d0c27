"""What the two writing pages (proposal, reply) share: a form with rows, autosave's answers, two texts in conflict."""

from django.forms import BooleanField, CharField, Field
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from workflow.errors import Refused

# The code of the refusal that means: somebody stored another text in between.
STALE = "stale_page"
MOST_ROWS = 50
MACHINERY = {"csrfmiddlewaretoken", "version", "autosave", "save", "check", "invite", "preview", "attachments_shown"}


class WrittenText:
    """One request's text. Subclasses make `form` and `formset`, and say how the text is stored."""

    prefix = ""

    def __init__(self, request: HttpRequest):
        self.request, self.data = request, None
        self.is_edited_only = False
        self.bind()

    def bind(self) -> None:
        """Make `form` and `formset` from `data`, or from what is stored while that is None."""
        raise NotImplementedError

    def unless_posted(self, rows: list[dict]) -> list[dict] | None:
        """The stored rows for a page that is opened. To a posted one they must not be given: Django takes a
        row past INITIAL_FORMS that equals its initial for an empty one, and the text would be gone."""
        return rows if self.data is None else None

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.formset.is_valid()])

    def seen_version(self) -> int | None:
        given = self.data.get("version", "")
        return int(given) if given.isdecimal() and len(given) < 10 else None

    def errors(self) -> dict[str, list[str]]:
        """Field name on the page → sentences."""
        found = {name: [str(e) for e in errors] for name, errors in self.form.errors.items()}
        for row in self.formset.forms:
            found |= {row.add_prefix(n): [str(e) for e in errors] for n, errors in row.errors.items()}
        general = [str(e) for e in self.formset.non_form_errors()]
        return found | ({self.prefix: general} if general else {})

    def posted(self) -> dict[str, list[str]]:
        """What was written, without the machinery of the form and its buttons."""
        return {name: self.data.getlist(name) for name in self.data if name not in MACHINERY}

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of what was typed, for a page from which it can only be copied."""
        texts = ((label, self.data.get(name, "")) for name, (label, field) in self._fields().items() if is_typed(field))
        return [(label, text) for label, text in texts if text]

    def compared(self, theirs: dict[str, list[str]]) -> list[tuple[str, str, str]]:
        """(label, mine, theirs) of the fields whose texts differ."""
        mine, found = self.posted(), []
        for name, (label, field) in self._fields(theirs).items():
            one, other = _plain(mine.get(name, [])), _plain(theirs.get(name, []))
            if one != other:
                found.append((label, _words(field, one) or "（空）", _words(field, other) or "（空）"))
        return found

    def _fields(self, theirs: dict | None = None) -> dict[str, tuple[str, Field]]:
        """Field name on the page → (label, field), the rows of both texts included."""
        found = {name: (str(field.label), field) for name, field in self.form.fields.items()}
        for number in range(max(self._rows(self.posted()), self._rows(theirs or {}))):
            for name, field in self.formset.empty_form.fields.items():
                found[f"{self.prefix}-{number}-{name}"] = (f"{field.label}（第 {number + 1} 条）", field)
        return found

    def _rows(self, posted: dict[str, list[str]]) -> int:
        total = "".join(posted.get(f"{self.prefix}-TOTAL_FORMS", []))
        return min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 5 else 0


def is_typed(field: Field) -> bool:
    return isinstance(field, CharField)


def _plain(values: list[str]) -> list[str]:
    return [value.replace("\r\n", "\n") for value in values if value]


def _words(field: Field, values: list[str]) -> str:
    """The values as people see them: chosen labels, ticks as 是."""
    if isinstance(field, BooleanField):
        return "是" if values else ""
    names = dict(_flat(getattr(field, "choices", ())))
    return "、".join(names.get(value, value) for value in values)


def _flat(choices):
    """(value, label) pairs as text, groups opened up."""
    for value, label in choices:
        if isinstance(label, list):
            yield from _flat(label)
        else:
            yield str(value), str(label)


def conflict_page(text: WrittenText, refused: Refused, theirs: dict, **context) -> HttpResponse:
    """Both texts side by side; keeping one's own posts it again over the version seen here.

    `context`: version and action of the stored text.
    """
    posted = [(name, value) for name, values in text.posted().items() for value in values]
    context |= {"refused": refused, "fields": text.compared(theirs), "posted": posted}
    context["keeps_files"] = "attachments_shown" in text.data
    return render(text.request, "proposals/conflict.html", context, status=409)


def saved(at) -> dict:
    """When the text was stored last: `saved_at` for the indicator if it was today, else `saved_before`."""
    moment = timezone.localtime(at) if at else None
    is_today = moment is not None and moment.date() == timezone.localdate()
    return {"saved_at": moment if is_today else None, "saved_before": None if is_today else moment}


# --- The answers of the protocol at the top of static/js/autosave.js ---


def saved_json(saved_at, version: int, **more) -> JsonResponse:
    return JsonResponse({"saved_at": timezone.localtime(saved_at).isoformat(), "version": version, **more})


def invalid_json(errors: dict[str, list[str]], **more) -> JsonResponse:
    return JsonResponse({"errors": errors, **more}, status=400)


def conflict_json(refused: Refused, version: int, theirs: dict[str, list[str]]) -> JsonResponse:
    return JsonResponse({"detail": refused.sentence, "version": version, "theirs": theirs}, status=409)


def refusal_json(refused: Refused) -> JsonResponse:
    """409 means two texts to the script, so a text that is locked answers 403."""
    return JsonResponse({"detail": str(refused)}, status=403 if refused.status == 409 else refused.status)
