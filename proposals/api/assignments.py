"""Assignments: a unit's work list, a share in full, the reply's draft, acts."""

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.response import Response

from deadlines import book as books
from proposals.models import Assignment, Proposal
from proposals.replies import why_not_writable
from proposals.roles import Role
from proposals.sections.acts import POINTLESS
from proposals.sections.reader import Reader
from proposals.sections.shares import of_all_units, share_of
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.refusals import STALE, version_mismatch
from workflow.api.serializers import ACT_BODY
from workflow.api.syncing import Synced
from workflow.engine import Option
from workflow.errors import NotAllowed, TooLate
from workflow.querysets import read_case, roles_on
from xiping_cppcc.api.conditions import etag, seen_version

from . import reply_drafts, share_shapes
from .case_detail import ShareDetail, files_of_shares
from .filters import AssignmentFilter
from .rows import AssignmentRowSerializer, BriefSerializer, assignment_row
from .shapes import one_of

INSIDE = (Role.OPERATOR, Role.UNIT_LEADER, Role.DISPATCH, Role.REVIEWER, Role.STAFF, Role.HEAD)
ORDER = ("-assigned_at", "-pk")


class SignedAssignmentSerializer(share_shapes.SignedShareSerializer):
    audience = one_of("cosigner")
    proposal = BriefSerializer(source="row.proposal")


class ProposerAssignmentSerializer(share_shapes.ProposerShareSerializer):
    audience = one_of("proposer")
    proposal = BriefSerializer(source="row.proposal")


class InsideAssignmentSerializer(share_shapes.InsideShareSerializer):
    audience = one_of("inside")
    proposal = BriefSerializer(source="row.proposal")


ASSIGNMENT_SHAPES = {
    "cosigner": SignedAssignmentSerializer,
    "proposer": ProposerAssignmentSerializer,
    "inside": InsideAssignmentSerializer,
}
ASSIGNMENT_DETAIL = PolymorphicProxySerializer(
    "AssignmentDetail", ASSIGNMENT_SHAPES, resource_type_field_name="audience"
)


class Assignments(Synced, CaseViewSet):
    process_name = "assignment"
    route = "assignment"
    serializer_class = AssignmentRowSerializer
    filterset_class = AssignmentFilter
    versioned = (*CaseViewSet.versioned, "reply", "save_reply")
    conditional = {"act": False, "save_reply": True}
    changed_field = "proposal__changed_at"

    def get_queryset(self):
        user = self.request.user
        return Assignment.objects.visible_to(user).with_roles_of(user).for_list().order_by(*ORDER)

    def worth_showing(self, offered: Option) -> bool:
        return not (offered.blocked and offered.blocked.code in POINTLESS)

    def shown(self, pk: int) -> dict | None:
        user = self.request.user
        row = read_case(Assignment, pk, user, rows=of_all_units)
        if row is None:
            return None
        proposals = Proposal.objects.with_roles_of(user).for_acting()
        row.proposal = proposals.get(pk=row.proposal_id)
        share = share_of(row, Reader.of(user, row.proposal), books.load())
        detail = ShareDetail(share, user, files_of_shares([share])[row.pk])
        detail.audience = _audience_of(roles_on(row), Reader.of(user, row.proposal))
        return ASSIGNMENT_SHAPES[detail.audience](detail).data

    @extend_schema(operation_id="assignments_list", summary="交办件列表", responses=AssignmentRowSerializer(many=True))
    def list(self, request):
        return self.page_of(self.filter_queryset(self.get_queryset()))

    @extend_schema(
        operation_id="assignments_changes", summary="有变动的交办件（同步用）",
        responses=AssignmentRowSerializer(many=True),
    )  # fmt: skip
    def changes(self, request):
        return super().changes(request)

    def rows_shown(self, rows):
        book, user = books.load(), self.request.user
        return [assignment_row(row, user, book) for row in rows]

    @extend_schema(operation_id="assignments_retrieve", summary="一件交办", responses=ASSIGNMENT_DETAIL)
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    # --- the reply's draft ---
    @extend_schema(
        operation_id="assignments_reply", summary="答复稿", responses=reply_drafts.ReplyDraftAnswerSerializer
    )
    def reply(self, request, id):
        case = self.case(id)
        if not roles_on(case) & set(INSIDE):
            raise NotAllowed("答复稿只有承办单位和交办机构可以查看。", "送您征求意见的答复稿，请在提案里查看。")
        body = reply_drafts.stored(case, why_not_writable(case) is None)
        return Response(body, headers={"ETag": etag(body["version"])})

    @extend_schema(
        operation_id="assignments_save_reply", summary="保存答复稿", request=reply_drafts.ReplyDraftSerializer,
        responses=reply_drafts.ReplyDraftAnswerSerializer,
    )  # fmt: skip
    def save_reply(self, request, id):
        case, seen = self.case(id), seen_version(request, required=True)
        given = reply_drafts.ReplyDraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            reply_drafts.save(case, request.user, given.validated_data, seen)
        except TooLate as refused:
            if refused.code == STALE:
                raise version_mismatch(refused) from None
            raise
        return self.reply(request, id)

    # --- acts ---
    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: ASSIGNMENT_DETAIL, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)


def _audience_of(held: frozenset[str], reader: Reader) -> str:
    """Who works on this very share sees it from inside, whatever else they are."""
    if held & set(INSIDE):
        return "inside"
    return "proposer" if reader.proposes else "cosigner"
