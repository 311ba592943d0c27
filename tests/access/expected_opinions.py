"""As expected_acts.py, of reports and of units' parts in them: written by hand from domain §6, not from the code."""

from .expected_acts import ALL

OPINION_STATES = (
    "draft submitted editing reviewing reviewed signed issued combined kept transferred returned withdrawn offline"
)
RECEIVED = "submitted editing reviewing reviewed signed issued combined kept transferred returned withdrawn offline"
HERE = OPINION_STATES.removesuffix(" offline")

# A draft is its author's. The office sees what came in, the leader what waits for them and what went out.
SEES_OPINION = {
    "author": ALL, "coauthor": RECEIVED.replace(" withdrawn", ""), "editor": RECEIVED, "reviewer": RECEIVED,
    "signer": "reviewed signed issued transferred", "operator": HERE, "unit_leader": HERE, "stranger": "",
    "administrator": "",
}  # fmt: skip

HANDED = "submitted editing kept transferred issued"
OFFLINE = "draft returned submitted"
IN_HOUSE = "returned submitted editing reviewing reviewed signed issued combined kept transferred"


def office(states: str) -> dict[str, str]:
    return {"editor": states, "reviewer": states}


OPINION = {
    "begin": {"author": ""},
    "submit": {"author": "draft returned"},
    "withdraw": {"author": "draft returned submitted"},
    "take_up": {"editor": "submitted"},
    "edit": {"editor": "editing"},
    "join": {"editor": "submitted editing"},
    "separate": {"editor": "combined"},
    "send_for_review": {"editor": "editing"},
    "review": {"reviewer": "reviewing"},
    "review_back": {"reviewer": "reviewing"},
    "sign": {"signer": "reviewed"},
    "sign_back": {"signer": "reviewed"},
    "issue": office("signed"),
    "issue_with": {"system": "combined"},
    "keep": office("submitted editing signed"),
    "return": office("submitted editing"),
    "hand_over": office(HANDED),
    "resume": {"editor": "kept transferred"},
    "forward": office("signed issued kept transferred"),
    "adopt": office("signed issued kept transferred"),
    "instruct": office("signed issued kept transferred"),
    "void": office("signed issued kept transferred"),
    "to_proposal": {"author": "issued kept transferred returned"},
    "give_back": {"system": "submitted"},
    "succeed": {
        "system": "draft returned combined submitted editing reviewing reviewed signed issued kept transferred"
    },
    "move_offline": {"author": OFFLINE, **office(IN_HOUSE)},
}

TRANSFER_STATES = "awaiting_sign handling sent_back replied fed_back recalled"
WITH_UNIT = "awaiting_sign handling sent_back replied fed_back"

SEES_TRANSFER = {
    "author": ALL, "coauthor": ALL, "editor": ALL, "reviewer": ALL, "signer": ALL, "operator": WITH_UNIT,
    "unit_leader": WITH_UNIT, "foreign_operator": "", "stranger": "", "administrator": "",
}  # fmt: skip

TRANSFER = {
    "sign_for": {"operator": "awaiting_sign", "unit_leader": "awaiting_sign"},
    "send_back": {"operator": "awaiting_sign handling", "unit_leader": "awaiting_sign handling"},
    "reply": {"operator": "handling", "unit_leader": "handling"},
    "check": office("replied"),
    "check_back": office("replied sent_back"),
    "recall": office("awaiting_sign handling sent_back"),
    "urge": office("awaiting_sign handling"),
    "postpone": {"operator": "handling", "unit_leader": "handling", **office("handling")},
}
