"""The pages of the acts on proposals and their shares, files included, in the admin's frame."""

from proposals.views.acts import CaseActView
from workflow.admin.acting import AdminAct


class ProposalAct(AdminAct, CaseActView):
    pass
