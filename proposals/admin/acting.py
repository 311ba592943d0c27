"""The pages of the acts on proposals and what belongs to them, files included, in the admin's frame."""

from proposals.views.acts import CaseActView, ChangeRequestActView, ExtensionActView
from workflow.admin.acting import AdminAct


class ProposalAct(AdminAct, CaseActView):
    pass


class ChangeRequestAct(AdminAct, ChangeRequestActView):
    pass


class ExtensionAct(AdminAct, ExtensionActView):
    pass
