"""Proposals: lists, the case, writing a draft, acts."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from deadlines import book as books
from members.models import Person
from proposals.finding import find
from proposals.forms.cosigning import found_by
from proposals.models import Proposal
from proposals.sections.acts import POINTLESS
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.refusals import STALE, version_mismatch
from workflow.api.serializers import ACT_BODY
from workflow.api.syncing import WALK, Synced
from workflow.engine import Option
from workflow.errors import TooLate
from xiping_cppcc.api.conditions import etag, seen_version

from . import drafts
from .case_detail import PROPOSAL_DETAIL, case_detail
from .filters import ApiProposalFilter
from .rows import PROPOSAL_ROWS, proposal_rows


class Proposals(Synced, CaseViewSet):
    process_name = "proposal"
    route = "proposal"
    filterset_class = ApiProposalFilter
    versioned = (*CaseViewSet.versioned, "create", "partial_update", "autosave")
    conditional = {"act": False, "partial_update": True, "autosave": True}

    def get_queryset(self):
        user = self.request.user
        rows = Proposal.objects.visible_to(user).with_roles_of(user)
        return rows.for_list().with_cosigner_count().defer("situation")

    def shown(self, pk: int) -> dict | None:
        return case_detail(self.request.user, pk)

    def worth_showing(self, offered: Option) -> bool:
        return not (offered.blocked and offered.blocked.code in POINTLESS)

    def searched(self, queryset, text: str):
        if queryset.model is Person:
            return found_by(queryset, text)
        return (
            find(queryset, text, self.request.user) if queryset.model is Proposal else super().searched(queryset, text)
        )

    # --- reading ---
    @extend_schema(operation_id="proposals_list", summary="提案列表", responses=PROPOSAL_ROWS)
    def list(self, request):
        return self.page_of(self.filter_queryset(self.get_queryset()))

    @extend_schema(
        operation_id="proposals_changes", summary="有变动的提案（同步用）", responses=PROPOSAL_ROWS,
        description=WALK,
    )  # fmt: skip
    def changes(self, request):
        return super().changes(request)

    def rows_shown(self, rows):
        return proposal_rows(rows, self.request.user, books.load())

    @extend_schema(operation_id="proposals_retrieve", summary="一件提案", responses=PROPOSAL_DETAIL)
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    # --- writing ---
    @extend_schema(
        operation_id="proposals_create", summary="起草提案",
        request=drafts.NewDraftSerializer, responses={201: PROPOSAL_DETAIL},
    )  # fmt: skip
    def create(self, request):
        given = drafts.NewDraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = drafts.create(request.user, given.validated_data)
        answer = self.fresh(made.pk)
        answer.status_code = 201
        answer.headers["Location"] = f"{request.path}{made.pk}/"
        return answer

    @extend_schema(
        operation_id="proposals_update", summary="修改草稿", request=drafts.DraftSerializer, responses=PROPOSAL_DETAIL
    )
    def partial_update(self, request, id):
        return self.fresh(self._save(request, id).pk)

    @extend_schema(
        operation_id="proposals_autosave", summary="自动保存草稿", request=drafts.DraftSerializer,
        responses=drafts.SavedSerializer, description="与修改草稿相同，只答复新的版本和保存时间。",
    )  # fmt: skip
    def autosave(self, request, id):
        saved = self._save(request, id)
        return Response(drafts.SavedSerializer(saved).data, headers={"ETag": etag(saved.version)})

    def _save(self, request, id) -> Proposal:
        case, seen = self.case(id), seen_version(request, required=True)
        given = drafts.DraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            return drafts.save(case, request.user, given.validated_data, seen)
        except TooLate as refused:
            if refused.code == STALE:
                raise version_mismatch(refused) from None
            raise

    # --- acts ---
    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: PROPOSAL_DETAIL, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)
