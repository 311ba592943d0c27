"""Who is reading a case page, as groups of roles that decide which blocks are shown (design §7)."""

from dataclasses import dataclass

from proposals.roles import PROPOSERS, REVIEWERS, Role
from workflow.querysets import roles_on

UNIT = (Role.OPERATOR, Role.UNIT_LEADER)


@dataclass(frozen=True)
class Reader:
    """The roles a user holds on one proposal. Fields of an audience ask here, never the role names."""

    user: object
    roles: frozenset[str]

    @classmethod
    def of(cls, user, proposal) -> "Reader":
        """`proposal` was read through `with_roles_of(user)`."""
        return cls(user, roles_on(proposal))

    def holds(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))

    @property
    def proposes(self) -> bool:
        """The first proposer, or the contact of a collective."""
        return self.holds(*PROPOSERS)

    @property
    def drafts(self) -> bool:
        """Writes the text for a member; only while it may be written."""
        return self.holds(Role.SECRETARY)

    @property
    def signs(self) -> bool:
        """Proposers, who confirms for a collective, and those who agreed to co-sign."""
        return self.holds(*PROPOSERS, Role.CONVENER, Role.COSIGNER)

    @property
    def is_outside(self) -> bool:
        """Reads what is published, or what is open to 附议, and has no part in it."""
        return not self.roles - {Role.PUBLIC, Role.SUPPORTER}

    @property
    def is_public(self) -> bool:
        """Reads it only because it is published: the published text, and nothing of the case's own."""
        return self.roles == {Role.PUBLIC}

    @property
    def reviews(self) -> bool:
        return self.holds(*REVIEWERS)

    @property
    def handles(self) -> bool:
        """Works on the case inside, or on the one it was merged into: committee, dispatch office, unit."""
        return self.holds(*REVIEWERS, Role.DISPATCH, *UNIT, Role.MAIN_HANDLER)

    @property
    def leads(self) -> bool:
        """Leads or supervises the case as a leader of the county or the committee."""
        return self.holds(Role.LEADING)

    @property
    def follows_cosigners(self) -> bool:
        """Sees who was invited and how they answered, not only who agreed."""
        return self.signs or self.reviews or self.holds(Role.INVITEE)

    @property
    def follows_text(self) -> bool:
        """Sees the earlier wordings."""
        return self.signs or self.reviews
