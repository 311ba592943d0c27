"""THE TABLE of a lead: screened by the committee, used by members."""

from workflow.forms import ReasonForm
from workflow.transition import Process, Transition, register

from .acts import LeadAct as Act
from .effects import leads
from .forms.leads import DeclineForm, OfferForm, RedirectForm
from .lead_roles import LeadRole
from .lead_states import LeadState as L

SCREENERS = (LeadRole.STAFF, LeadRole.HEAD)
INSIDE = (LeadRole.CONTRIBUTOR, LeadRole.REVIEWER, *SCREENERS)

# fmt: off
LEAD = register(Process(
    "lead", "提案线索", "proposals.Lead", L, LeadRole, [
        Transition(Act.BRING, "提交线索", (), (LeadRole.SYSTEM,), L.WAITING),
        Transition(Act.OFFER, "推荐给委员", (L.WAITING,), SCREENERS, L.OFFERED, form=OfferForm, effect=leads.offer,
                   notify=("contributor",), seen_by=INSIDE),
        Transition(Act.DECLINE, "不采用", (L.WAITING,), SCREENERS, L.DECLINED, form=DeclineForm, effect=leads.decline,
                   notify=("contributor",), seen_by=INSIDE),
        Transition(Act.REDIRECT, "转其他渠道", (L.WAITING,), SCREENERS, L.REDIRECTED, form=RedirectForm,
                   effect=leads.redirect, notify=("contributor",), seen_by=INSIDE),
        Transition(Act.SCREEN_AGAIN, "重新筛选", tuple(L.SCREENED), SCREENERS, L.WAITING, form=ReasonForm,
                   effect=leads.screen_again, seen_by=(LeadRole.REVIEWER, *SCREENERS)),
        Transition(Act.USE, "用这条线索写提案", tuple(L.FOR_MEMBERS), (LeadRole.WRITER,), L.USED, effect=leads.use,
                   seen_by=(LeadRole.REVIEWER, *SCREENERS)),
    ],
))
# fmt: on
