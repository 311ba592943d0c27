"""Who may do what with a matter of 基层协商, in which state: written by hand, not derived from the table of the code."""

ALL = "*"
MATTER_STATES = (
    "waiting selected posted surveying convening minutes agreed handling done answered closed declined moved offline "
    "archived"
)  # fmt: skip
OPEN = "waiting selected posted surveying convening minutes agreed handling done answered"
RELEASABLE = "posted surveying convening minutes agreed handling done answered closed moved archived"
MOVABLE = "waiting selected surveying convening agreed"
WITH_TEXT = f"{OPEN} closed declined moved archived"

SEES_MATTER = {
    **dict.fromkeys(("bringer", "host", "secretary", "former", "superior", "participant", "house", "leader"), ALL),
    "unit": "handling done answered closed archived", "stranger": "", "administrator": "",
}  # fmt: skip


def deciders(states: str) -> dict[str, str]:
    return {"host": states, "house": states}


def workers(states: str) -> dict[str, str]:
    return {"host": states, "secretary": states, "house": states}


MATTER = {
    "bring": {"system": ""},
    "select": deciders("waiting"),
    "decline": deciders("waiting selected"),
    "reconsider": deciders("declined"),
    "post": deciders("selected"),
    "note": workers("posted surveying convening"),
    "end_posting": workers("posted"),
    "record_survey": workers("surveying"),
    "call": workers("convening"),
    "record_meeting": workers("convening minutes"),
    "sign_minutes": deciders("minutes"),
    "assign": deciders("agreed"),
    "report": {"unit": "handling", **workers("handling")},
    "urge": workers("handling"),
    "extend": deciders("handling"),
    "answer": workers("done"),
    "rate": {"bringer": "answered closed", "system": "answered closed"},
    "rate_for": {"host": "answered closed", "secretary": "answered closed"},
    "close_unrated": {"system": "answered"},
    "consult_again": deciders("agreed done"),
    "pass_up": deciders(MOVABLE),
    "pass_down": deciders("waiting selected"),
    "move_on": deciders(f"{MOVABLE} done"),
    "convert": {"system": "moved"},
    "add_files": {"unit": OPEN, **workers(OPEN)},
    "release": deciders(RELEASABLE),
    "unrelease": deciders(WITH_TEXT),
    "go_offline": deciders(WITH_TEXT),
    "archive": workers("closed declined moved"),
    "succeed": {"system": OPEN},
}
