"""What an app sends while a proposal is being written. Nothing has to be complete."""

from django.db import transaction
from rest_framework import serializers

from members.models import Organization
from proposals import attachments, drafting
from proposals.forms.review import categories
from proposals.kinds import CategorySystem
from proposals.models import Proposal
from proposals.units import units_in_force
from proposals.validators import SITUATION_MAX, SUGGESTION_MAX, SUGGESTIONS_MAX, TITLE_MAX, UNITS_MAX
from xiping_cppcc.api.bodies import known_only
from xiping_cppcc.api.written import WrittenField

FILES_MAX = 20
LARGEST_KEY = 2**63 - 1


class DraftSerializer(serializers.Serializer):
    """Fields that are not sent stay as they are."""

    title = serializers.CharField(max_length=TITLE_MAX, required=False, allow_blank=True, help_text="案由")
    situation = WrittenField(max_length=SITUATION_MAX, required=False, help_text="情况分析")
    suggestions = serializers.ListField(
        child=WrittenField(max_length=SUGGESTION_MAX), max_length=SUGGESTIONS_MAX, required=False,
        help_text="具体建议，一条一项",
    )  # fmt: skip
    category = serializers.PrimaryKeyRelatedField(
        source="business_category",
        queryset=categories(CategorySystem.BUSINESS),
        required=False,
        allow_null=True,
        help_text="类别的编号",
    )
    units = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_KEY), max_length=UNITS_MAX, required=False,
        help_text="建议承办单位的编号",
    )  # fmt: skip
    no_secrets = serializers.BooleanField(required=False, help_text="不含国家秘密和工作秘密")
    own_work = serializers.BooleanField(required=False, help_text="本人调研撰写，未过度使用人工智能")
    publish_consent = serializers.BooleanField(required=False, allow_null=True, help_text="是否同意公开")
    publish_refusal = serializers.CharField(max_length=200, required=False, allow_blank=True)
    accepts_support = serializers.BooleanField(
        required=False, help_text="允许其他委员附议（届次的 allows_support 打开时才有用）"
    )
    attachments = serializers.ListField(
        child=serializers.UUIDField(), max_length=FILES_MAX, required=False,
        help_text="全部附件的编号；没有列出的会从提案里移除",
    )  # fmt: skip

    def validate_units(self, ids: list[int]):
        found = list(units_in_force().filter(pk__in=ids))
        if len(found) < len(set(ids)):
            raise serializers.ValidationError("有承办单位不存在或已撤销，请重新选择。")
        return found

    def to_internal_value(self, data):
        return super().to_internal_value(known_only(self, data))


class NewDraftSerializer(DraftSerializer):
    organization = serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, required=False, allow_null=True,
        help_text="集体提案的提案单位编号；个人提案不填",
    )  # fmt: skip
    member = serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, required=False, allow_null=True,
        help_text="代哪位委员起草（人员编号，见 /me/ 的 drafts_for）；自己的提案不填",
    )  # fmt: skip


class SavedSerializer(serializers.Serializer):
    """The short answer to an autosave."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    warnings = serializers.ListField(
        source="secrecy_signs",
        child=serializers.CharField(),
        help_text="疑似涉密标志，在何处、写的什么；不影响保存和提交",
    )


@transaction.atomic
def create(user, data: dict) -> Proposal:
    """A new draft with what was written so far."""
    body = data.pop("organization", None)
    organization = Organization.objects.filter(pk=body).first() if body is not None else None
    if body is not None and organization is None:
        raise serializers.ValidationError({"organization": "没有这个单位。"})
    member = _member(user, data.pop("member", None))
    return save(drafting.create(user, organization, member), user, data, seen_version=None)


def _member(user, pk: int | None):
    member = drafting.members_of(user).filter(pk=pk).first() if pk is not None else None
    if pk is not None and member is None:
        raise serializers.ValidationError({"member": "这位委员没有授权您代为起草，或者授权已经到期、收回。"})
    return member


@transaction.atomic
def save(proposal: Proposal, user, data: dict, seen_version: int | None) -> Proposal:
    """Store the text and make the files those named. Raises TooLate when someone saved in between."""
    saved = drafting.save(
        proposal, user, data, suggestions=data.get("suggestions"), units=data.get("units"),
        seen_version=seen_version,
    )  # fmt: skip
    if "attachments" in data:
        attachments.keep(saved, user, [str(key) for key in data["attachments"]])
    return saved
