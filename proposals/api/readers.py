"""To whom a case is being shown: each audience has its own fields (design §7)."""

from enum import StrEnum

from proposals.roles import Role
from proposals.sections.reader import Reader


class Audience(StrEnum):
    STAFF = "staff"
    DISPATCH = "dispatch"
    UNIT = "unit"
    PROPOSER = "proposer"
    COSIGNER = "cosigner"
    INVITEE = "invitee"
    SUPPORTER = "supporter"
    LEADER = "leader"
    FOLLOWER = "follower"
    PUBLIC = "public"


def audience_of(reader: Reader) -> Audience:
    """The audience that sees most among those the reader belongs to."""
    belongs = (
        (Audience.STAFF, reader.reviews),
        (Audience.DISPATCH, reader.holds(Role.DISPATCH)),
        (Audience.UNIT, reader.holds(Role.OPERATOR, Role.UNIT_LEADER, Role.MAIN_HANDLER)),
        (Audience.PROPOSER, reader.proposes or reader.drafts),
        (Audience.COSIGNER, reader.holds(Role.COSIGNER, Role.CONVENER)),
        (Audience.INVITEE, reader.holds(Role.INVITEE)),
        (Audience.SUPPORTER, reader.holds(Role.SUPPORTER)),
        (Audience.LEADER, reader.holds(Role.LEADING, Role.LEADER)),
        (Audience.FOLLOWER, reader.holds(Role.MERGED_AUTHOR, Role.SUGGESTION_UNIT)),
    )
    return next((audience for audience, is_one in belongs if is_one), Audience.PUBLIC)
