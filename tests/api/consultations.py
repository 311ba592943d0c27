"""The routes of plans, topics and what comes of them × every person."""

from .expecting import everybody, several
from .world import ASKED_OF, ASKING, PLANNED, SAID, SENT_ON, SUGGESTED

HOUSE = "reviewer staff head"
MEMBERS = "author cosigner invitee other_member"
UNITS = "operator leader other_operator"  # of the units that help; the first was asked
READERS = f"{MEMBERS} {HOUSE} dispatch {UNITS}"
PARTIES = f"author cosigner {HOUSE} dispatch operator leader"


def routes(
    name: str, key: str, sees: str, act: str, does: dict[str, str], choices: str, chooses: dict[str, str]
) -> dict:
    """The six routes of a kind: who sees one, who does an act of it, who is offered the choices of a field."""
    return {
        ("get", f"{name}-list", ""): everybody(200),
        ("get", f"{name}-changes", ""): everybody(200),
        ("get", name, key): several(s200=sees),
        ("get", f"{name}-transitions", key): several(s200=sees),
        ("post", f"{name}-act:{act}", key): several(**does),
        ("get", f"{name}-choices:{choices}", key): several(**chooses),
    }


CONSULTATIONS = {
    **routes("consultation-plan", PLANNED, f"{READERS} third_operator", "issue", {"s403": f"{READERS} third_operator"},
             "issue:on", {"s403": f"{READERS} third_operator"}),
    **routes("topic-idea", SUGGESTED, f"author {HOUSE}", "withdraw", {"s200": "author", "s403": HOUSE},
             "decline:reason", {"s403": f"author {HOUSE}"}),
    **routes("topic", ASKING, READERS, "stop_opinions", {"s200": "staff head", "s403": f"{MEMBERS} reviewer dispatch {UNITS}"},
             "invite:persons", {"s200": "staff head", "s403": f"{MEMBERS} reviewer dispatch {UNITS}"}),
    **routes("consultation-opinion", SAID, f"{MEMBERS} staff head", "take_back",
             {"s200": "author", "s403": "cosigner invitee other_member staff head"},
             "convert:target", {"s200": "author", "s403": "cosigner invitee other_member staff head"}),
    **routes("outcome", SENT_ON, PARTIES, "instruct", {"s400": "staff head", "s403": "author cosigner reviewer dispatch operator leader"},
             "instruct:leader", {"s200": "staff head", "s403": "author cosigner reviewer dispatch operator leader"}),
    **routes("recommendation", ASKED_OF, PARTIES, "answer",
             {"s400": "operator", "s403": f"author cosigner {HOUSE} dispatch leader"},
             "reassign:unit", {"s200": "staff head", "s403": "author cosigner reviewer dispatch operator leader"}),
    ("post", "topic-idea-list", ""): several(s400=" ".join((MEMBERS, HOUSE, UNITS, "dispatch third_operator contact administrator"))),
    ("put", "topic-opinion", ASKING): several(s400=READERS),
}  # fmt: skip
