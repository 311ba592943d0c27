"""THE TABLES of what is asked for and decided: changes after submission, more time."""

from workflow.transition import Process, register
from workflow.transition import Transition as Row

from . import change_guards, extension_guards
from .acts import ChangeRequestAct, ExtensionAct
from .effects import changing, extending
from .forms.changing import GrantForm, RefuseForm, ViewForm
from .forms.extending import GrantExtensionForm, RefuseExtensionForm
from .roles import PROPOSERS, REVIEWERS, Role
from .states import ChangeRequestState as R
from .states import ExtensionState as E
from .transitions import BETWEEN, DISPATCHERS, HANDLERS, HEAD, SIGNED, SYSTEM

# fmt: off
CHANGE_REQUEST = register(Process(
    "change_request", "变更申请", "proposals.ChangeRequest", R, Role, [
        Row(ChangeRequestAct.GIVE_VIEW, "表明意见", (R.PENDING,), (Role.COSIGNER,), form=ViewForm, effect=changing.give_view,
            notify=("heads",), seen_by=(*SIGNED, *REVIEWERS)),
        Row(ChangeRequestAct.GRANT, "同意申请", (R.PENDING,), HEAD, R.GRANTED, form=GrantForm, guard=change_guards.may_grant,
            effect=changing.decide, follow_up=changing.after_grant, notify=("proposers",),
            seen_by=(*SIGNED, *REVIEWERS)),
        Row(ChangeRequestAct.REFUSE, "不同意申请", (R.PENDING,), HEAD, R.REFUSED, form=RefuseForm, effect=changing.decide,
            notify=("proposers",), seen_by=(*SIGNED, *REVIEWERS)),
        Row(ChangeRequestAct.TAKE_BACK, "撤回申请", (R.PENDING,), PROPOSERS, R.TAKEN_BACK, notify=("heads", "cosigners"),
            seen_by=(*SIGNED, *REVIEWERS)),
        Row(ChangeRequestAct.LAPSE, "申请失效", (R.PENDING,), SYSTEM, R.LAPSED, notify=("proposers",),
            seen_by=(*SIGNED, *REVIEWERS)),
    ],
))

EXTENSION = register(Process(
    "extension", "延期申请", "proposals.ExtensionRequest", E, Role, [
        Row(ExtensionAct.GRANT, "同意延期", (E.PENDING,), DISPATCHERS, E.GRANTED, form=GrantExtensionForm,
            guard=extension_guards.may_grant, effect=extending.grant, follow_up=extending.after_grant,
            notify=("units",), seen_by=BETWEEN),
        Row(ExtensionAct.REFUSE, "不同意延期", (E.PENDING,), DISPATCHERS, E.REFUSED, form=RefuseExtensionForm,
            effect=extending.decide, notify=("units",), seen_by=BETWEEN),
        Row(ExtensionAct.LAPSE, "延期申请失效", (E.PENDING,), SYSTEM, E.LAPSED, effect=extending.lapsed, notify=("dispatch",),
            seen_by=HANDLERS),
    ],
))
# fmt: on
