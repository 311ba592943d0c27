"""提案线索: screening, and starting a draft from one."""

from members.models import Organization
from members.periods import today
from members.posts import posts_of
from proposals import drafting
from proposals.leads import drafts_with
from proposals.models import LeadUse
from workflow.errors import Refused
from workflow.transition import Step


def offer(step: Step) -> None:
    """The wording for the members; what the contributor wrote stays beside it."""
    lead, data = step.case, step.data
    step.write(
        shown_title=data["title"] or lead.title, shown_description=data["description"] or lead.description,
        category=data["category"], answer="",
    )  # fmt: skip


def decline(step: Step) -> None:
    step.write(decline_reason=step.data["decline_reason"], answer=step.data["reason"])


def redirect(step: Step) -> None:
    step.write(channel=step.data["channel"], answer=step.data["reason"])


def screen_again(step: Step) -> None:
    step.write(decline_reason="", answer="", channel="")


def use(step: Step) -> None:
    """A new draft of the member's, or of the one body whose contact they are; title and category as suggestions."""
    if drafts_with(step.case, step.actor).exists():
        raise Refused("您已经用这条线索起草了提案，还没有提交。", "请从线索页面继续编写那一件。", code="begun")
    proposal = drafting.create(step.actor, _body(step.actor))
    fields = {"title": step.case.shown_title, "business_category": step.case.category}
    drafting.save(proposal, step.actor, fields)
    LeadUse.objects.create(lead=step.case, proposal=proposal)
    step.facts["proposal"] = proposal.pk


def _body(user) -> Organization | None:
    posts = posts_of(user)
    if posts.is_member:
        return None
    mine = posts.organizations("contact", "convener")
    bodies = list(Organization.objects.collectives().on(today()).filter(pk__in=mine)[:2])
    if len(bodies) != 1:
        raise Refused(
            "您是几个单位的联系人，不知道为哪个单位起草。",
            "请从“写提案”选择单位，再把线索的内容写进去。",
            code="which_body",
        )
    return bodies[0]
