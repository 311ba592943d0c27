"""Where a page stands, the tabs of the app, the buttons of a case."""

from django.urls import reverse

from consultations.models import Plan
from members.posts import posts_of
from workflow.engine import available
from workflow.models import Case

# Refusals that mean "not for this case" or "done already": no button, instead of one that never works.
POINTLESS = {
    "settled", "not_settled", "no_date", "not_asking", "no_opinions", "minutes_issued", "no_handler", "no_person",
    "urged_today", "not_sent", "has_topics", "leader_signs", "not_issued", "topic_closed",
    "no_surveys", "nobody_invited", "no_instructions",
}  # fmt: skip
TABS = (
    ("topics", "议题", "consultations:topics"), ("plans", "年度计划", "consultations:plans"),
    ("ideas", "议题征集", "consultations:ideas"), ("items", "跟踪问效", "consultations:items"),
)  # fmt: skip


def crumbs(*rest: tuple[str, str] | str) -> list[tuple[str, str]]:
    """The topics' page, then `rest`: a page's name, or (name, address)."""
    above = [("首页", reverse("home")), ("协商议政", reverse("consultations:topics"))]
    return [*above, *((one, "") if isinstance(one, str) else one for one in rest)]


def tabs(user, here: str) -> list[dict]:
    """Of the whole app; the figures are for those who answer for the whole."""
    found = [*TABS, *([("figures", "成果转化", "consultations:figures")] if sees_figures(user) else [])]
    return [{"label": label, "href": reverse(url), "current": key == here} for key, label, url in found]


def sees_figures(user) -> bool:
    from consultations.roles import works_in_house

    posts = posts_of(user)
    return works_in_house(posts) or posts.is_leader or bool(posts.dispatch_systems())


def buttons(case: Case, user, without: tuple[str, ...] = ()) -> list[dict]:
    """The acts this reader may take on the case, those that end something last; a blocked one says why."""
    name = {"consult_plan": "plan", "consult_idea": "idea", "recommendation": "item", "consult_opinion": "opinion"}
    view = f"consultations:{name.get(case.process_name, case.process_name)}_act"
    found = []
    for option in available(case, user):
        if option.act in without or (option.blocked and option.blocked.code in POINTLESS):
            continue
        url = "" if option.blocked else reverse(view, args=[case.pk, option.act])
        found.append({
            "label": option.transition.label, "url": url, "danger": option.transition.danger, "act": option.act,
            "leads_on": _leads_on(case, option), "why": option.blocked.sentence if option.blocked else "",
            "next_step": option.blocked.next_step if option.blocked else "",
        })  # fmt: skip
    return sorted(found, key=lambda one: (bool(one["why"]), one["danger"], not one["leads_on"]))


def _leads_on(case: Case, option) -> bool:
    """Whether the act is what the case waits for now, so that its button stands first."""
    if case.process_name == "topic":
        return option.act in _next_of(case)
    return option.act not in ("return", "write") and option.transition.target not in (None, case.state)


def _next_of(topic) -> set[str]:
    if topic.state == "preparing":
        wanted = [
            ("set_date", topic.meets_on),
            ("send_notice", topic.notice_on),
            ("send_materials", topic.materials_on),
        ]
        return {next((act for act, done in wanted if not done), "hold")}
    follows = {
        "waiting": {"start"},
        "held": {"draft_outcome"},
        "tracking": {"feed_back"} if not topic.fed_back_on else {"close"},
    }
    return follows.get(topic.state, set())


def plan_crumb(plan: Plan) -> tuple[str, str]:
    return (plan.number, plan.get_absolute_url())
