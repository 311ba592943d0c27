"""The errors of a form or formset as one flat list, each with the place to put it right."""

from collections.abc import Iterator

from django.forms import BaseForm, BaseFormSet, BoundField


def errors_of(form: BaseForm | BaseFormSet) -> Iterator[dict]:
    """Yields {href, text}; href is "" where the error belongs to the whole form."""
    if isinstance(form, BaseFormSet):
        if form.is_bound:
            yield from _general(form.non_form_errors())
        for row in form.forms:
            yield from errors_of(row)
    elif form.is_bound:
        yield from _general(form.non_field_errors())
        for bound in form:
            href = f"#{_first_control(bound)}"
            yield from ({"href": href, "text": _named(bound, error)} for error in bound.errors)


def _general(errors) -> Iterator[dict]:
    return ({"href": "", "text": text} for text in errors)


def _named(bound: BoundField, error: str) -> str:
    """Away from its field a sentence has to say which one it means."""
    label = str(bound.label)
    return error if label in error else f"{label}：{error}"


def _first_control(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label or bound.auto_id
