"""Every relation of a user to a commitment: one clause each (as roles.py for proposals).

A draft's promises are read with the draft and have no relations of their own. The unit that answered and the unit
that is to do it both hold it; so do the offices that answer for either.
"""

from django.db.models import Q

from members.models import Post
from members.posts import kept_with_posts, posts_of
from workflow.querysets import NEVER

from .commitment_states import CommitmentState
from .roles import Role, assignment_clauses

MADE = ~Q(state=CommitmentState.DRAFT)
# Held as on the share whose reply promises it.
AS_ON_THE_SHARE = (
    Role.AUTHOR, Role.CONTACT, Role.COSIGNER, Role.MERGED_AUTHOR, Role.REVIEWER, Role.STAFF, Role.HEAD, Role.LEADING,
    Role.LEADER,
)  # fmt: skip


@kept_with_posts
def commitment_clauses(user, model) -> dict[str, Q]:
    """Role → the commitments on which the user holds it."""
    posts, share = posts_of(user), model._meta.get_field("reply").related_model._meta.get_field("assignment")
    assignment = share.related_model
    seen = assignment_clauses(user, assignment)

    def through(clause: Q) -> Q:
        shares = assignment._base_manager.filter(clause)
        return NEVER if clause == NEVER else Q(reply__assignment_id__in=shares.values("pk")) & MADE

    clauses = {role: through(seen[role]) for role in AS_ON_THE_SHARE}
    for role, post in ((Role.OPERATOR, Post.OPERATOR), (Role.UNIT_LEADER, Post.UNIT_LEADER)):
        units = posts.organizations(post, kind="unit")
        clauses[role] = NEVER if not units else (through(seen[role]) | Q(owner_id__in=units) & MADE)
    return {**clauses, Role.DISPATCH: _dispatch(posts, through(seen[Role.DISPATCH]))}


def _dispatch(posts, of_the_share: Q) -> Q:
    systems = posts.dispatch_systems()
    if not systems:
        return NEVER
    return MADE if "" in systems else of_the_share | Q(owner__system__in=systems) & MADE
