"""What a person does in the lists of cases: tick rows, press a button, fill in the form."""

import re

from django.urls import reverse

from .scene import text

PROPOSALS, SHARES = "/admin/proposals/proposal/", "/admin/proposals/assignment/"


def press(client, act: str, cases, url: str = PROPOSALS, **more):
    """Tick the cases and press the button of the act: the form page, or where it leads."""
    buttons = re.findall(r'name="action" value="(\w+)"', text(client.get(url)))
    data = {"_selected_action": [case.pk for case in cases], "action": buttons, "index": position(buttons, act), **more}
    return client.post(url, data)


def position(buttons: list[str], act: str) -> int:
    return buttons.index(act) if act in buttons else len(buttons)


def confirm(client, act: str, cases, data: dict | None = None, url: str = PROPOSALS):
    """Send the form page with the versions that the cases have now; returns the list with its report."""
    marks = [f"{case.pk}-{type(case).objects.get(pk=case.pk).version}" for case in cases]
    sent = {"action": act, "confirmed": "1", "rows": marks, **(data or {})}
    return client.post(url, sent, follow=True)


def report(response) -> dict | None:
    return response.context["report"]


def act_url(case, act: str) -> str:
    return reverse(f"admin:{case._meta.label_lower.replace('.', '_')}_act", args=[case.pk, act])


def change_url(case) -> str:
    return reverse(f"admin:{case._meta.label_lower.replace('.', '_')}_change", args=[case.pk])


def state(case) -> str:
    return type(case).objects.get(pk=case.pk).state
