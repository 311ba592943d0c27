"""Reports and units' parts in the API: lists, the case, writing a draft, acts."""

from django.core.exceptions import ValidationError
from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from members.models import Organization
from opinions import attachments, drafting, sight
from opinions.models import OpinionReport, Transfer
from opinions.views.listing import in_order
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.refusals import STALE, version_mismatch
from workflow.api.serializers import ACT_BODY
from workflow.api.syncing import Synced
from workflow.engine import Option
from workflow.errors import TooLate
from workflow.querysets import read_case
from xiping_cppcc.api.conditions import seen_version

from . import shapes
from .filters import ApiReportFilter, TransferFilter


class Opinions(Synced, CaseViewSet):
    process_name = "opinion"
    route = "opinion"
    serializer_class = shapes.OpinionRowSerializer
    filterset_class = ApiReportFilter
    versioned = (*CaseViewSet.versioned, "create", "partial_update")
    conditional = {"act": False, "partial_update": True}

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return OpinionReport.objects.none()
        return in_order(OpinionReport.objects.visible_to(self.request.user).for_list())

    def worth_showing(self, offered: Option) -> bool:
        return sight.is_worth_showing(offered)

    def shown(self, pk: int) -> dict | None:
        user = self.request.user
        report = read_case(OpinionReport, pk, user)
        return shapes.detail(report, user) if report else None

    # --- reading ---
    @extend_schema(
        operation_id="opinions_list",
        summary="社情民意列表：本人看得到的",
        responses=shapes.OpinionRowSerializer(many=True),
    )
    def list(self, request):
        return self.page_of(self.filter_queryset(self.get_queryset()))

    @extend_schema(operation_id="opinions_retrieve", summary="一条社情民意", responses=shapes.OpinionSerializer)
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    # --- writing ---
    @extend_schema(
        operation_id="opinions_create", summary="起草社情民意",
        request=shapes.NewOpinionSerializer, responses={201: shapes.OpinionSerializer},
    )  # fmt: skip
    def create(self, request):
        given = shapes.NewOpinionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = _created(request.user, given.validated_data)
        answer = self.fresh(made.pk)
        answer.status_code = 201
        answer.headers["Location"] = f"{request.path}{made.pk}/"
        return answer

    @extend_schema(
        operation_id="opinions_update", summary="修改草稿", request=shapes.OpinionDraftSerializer,
        responses=shapes.OpinionSerializer,
    )  # fmt: skip
    def partial_update(self, request, id):
        case, seen = self.case(id), seen_version(request, required=True)
        given = shapes.OpinionDraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            _saved(case, request.user, given.validated_data, seen)
        except TooLate as refused:
            if refused.code == STALE:
                raise version_mismatch(refused) from None
            raise
        return self.fresh(id)

    # --- acts ---
    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: shapes.OpinionSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)


@transaction.atomic
def _created(user, data: dict) -> OpinionReport:
    key = data.pop("organization", None)
    body = Organization.objects.filter(pk=key).first() if key is not None else None
    if key is not None and body is None:
        raise serializers.ValidationError({"organization": "没有这个单位。"})
    return _saved(drafting.create(user, body), user, data, None)


@transaction.atomic
def _saved(report: OpinionReport, user, data: dict, seen: int | None) -> OpinionReport:
    """Store the text and make the files those named. Raises TooLate when someone saved in between."""
    files = data.pop("attachments", None)
    saved = drafting.save(report, user, data, seen)
    if files is not None:
        try:
            attachments.keep(saved, user, [str(key) for key in files])
        except ValidationError as error:
            raise serializers.ValidationError({"attachments": error.messages}) from None
        drafting.note_signs(saved)
    return saved


class Transfers(Synced, CaseViewSet):
    process_name = "opinion_transfer"
    route = "opinion-transfer"
    serializer_class = shapes.TransferSerializer
    filterset_class = TransferFilter
    changed_field = "report__changed_at"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Transfer.objects.none()
        user = self.request.user
        return Transfer.objects.visible_to(user).with_roles_of(user).for_list().order_by("-pk")

    def shown(self, pk: int) -> dict | None:
        row = self.get_queryset().filter(pk=pk).first()
        if row is None:
            return None
        attachments.with_files(attachments.TRANSFER, [row])
        return shapes.TransferDetailSerializer(sight.with_words(row)).data

    @extend_schema(
        operation_id="opinion_transfers_list", summary="转办的社情民意", responses=shapes.TransferSerializer(many=True)
    )
    def list(self, request):
        return self.page_of(self.filter_queryset(self.get_queryset()))

    def rows_shown(self, rows):
        return shapes.TransferSerializer([sight.with_words(row) for row in rows], many=True).data

    @extend_schema(
        operation_id="opinion_transfers_retrieve",
        summary="一件转办的社情民意",
        responses=shapes.TransferDetailSerializer,
    )
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: shapes.TransferDetailSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)
