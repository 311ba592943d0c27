"""The timeline as the component shows it: newest first, what was filled in as lines of text."""

from proposals.history import timeline
from proposals.models import Proposal


def events(proposal: Proposal, user) -> list[dict]:
    """Entries for `{% timeline %}`; `proposal` was read through `with_roles_of(user)`."""
    return [_event(entry) for entry in reversed(timeline(proposal, user))]


def _event(entry: dict) -> dict:
    who = f"{entry['who']}（{entry['capacity']}）" if entry["capacity"] else entry["who"]
    return {
        "id": entry["sequence"],
        "when": entry["at"],
        "act": entry["act"],
        "label": _label(entry),
        "who": who,
        "on_behalf_of": entry["on_behalf_of"],
        "to_label": "" if entry["state"] == entry["label"] else entry["state"],
        "reason": entry["reason"],
        "reason_label": entry["reason_label"],
        "body": "\n".join(f"{label}：{text}" for label, text in entry["shown"]),
    }


def _label(entry: dict) -> str:
    """签收（县教育局）; nothing is added where the person acted for themselves."""
    about = entry["about"]
    return f"{entry['label']}（{about}）" if about and about != entry["who"] else entry["label"]
