"""A proposal in full, for each audience: every class adds what its audience may see beyond the one before."""

from rest_framework import serializers

from . import share_shapes as shares
from .readers import Audience
from .shapes import ActNameSerializer, DueSerializer, FileSerializer, NameSerializer, one_of
from .supervision_shapes import KeySerializer, SupervisionSerializer


class SuggestionSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    position = serializers.IntegerField()
    text = serializers.CharField()


class EventSerializer(serializers.Serializer):
    """One line of the timeline, as this reader may see it."""

    sequence = serializers.IntegerField()
    at = serializers.DateTimeField()
    act = serializers.CharField()
    label = serializers.CharField()
    who = serializers.CharField()
    capacity = serializers.CharField(allow_blank=True, help_text="以何身份")
    on_behalf_of = serializers.CharField(allow_blank=True, help_text="代何人")
    state = serializers.CharField(allow_blank=True, help_text="变为何状态；空为不变")
    reason = serializers.CharField(allow_blank=True)
    reason_label = serializers.CharField(allow_blank=True, help_text="reason 的名称，如“修改意见”“附言”")
    shown = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), help_text="填写的内容：名称和文字"
    )


class WordingSerializer(serializers.Serializer):
    """The text as it stood before a change."""

    occasion = serializers.CharField()
    at = serializers.DateTimeField()
    title = serializers.CharField(allow_blank=True)
    situation = serializers.CharField(allow_blank=True)
    suggestions = serializers.ListField(child=serializers.CharField())


class InvitationSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    person = NameSerializer()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    answered_at = serializers.DateTimeField(allow_null=True)
    is_support = serializers.BooleanField(help_text="提交之后附议的")
    comment = serializers.CharField(allow_blank=True)


class ReviewSerializer(serializers.Serializer):
    """初审, for those who review only."""

    reviewer = serializers.CharField(source="reviewer.__str__")
    recommendation = serializers.CharField()
    recommendation_label = serializers.CharField(source="get_recommendation_display")
    category = NameSerializer(source="business_category", allow_null=True)
    units = NameSerializer(source="units.all", many=True)
    note = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class MissingSerializer(serializers.Serializer):
    field = serializers.CharField()
    sentence = serializers.CharField()


class MainCaseSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()


class PublicCaseSerializer(serializers.Serializer):
    """A published proposal: text, names and answers; no dates of the inner procedure."""

    audience = one_of(Audience.PUBLIC.value)
    id = serializers.IntegerField(source="proposal.pk")
    version = serializers.IntegerField(source="proposal.version")
    number = serializers.CharField(source="proposal.number")
    short_number = serializers.CharField(source="proposal.short_number")
    title = serializers.CharField(source="proposal.title", allow_blank=True)
    situation = serializers.CharField(source="proposal.situation", allow_blank=True, help_text="情况分析")
    suggestions = SuggestionSerializer(source="proposal.suggestions.all", many=True, help_text="具体建议")
    kind = serializers.CharField(source="proposal.kind")
    kind_label = serializers.CharField(source="proposal.get_kind_display")
    timing_label = serializers.CharField(allow_null=True, help_text="大会提案或平时提案，提交时才确定")
    session = serializers.CharField(source="proposal.session.__str__")
    category = NameSerializer(source="proposal.business_category", allow_null=True)
    proposer = serializers.CharField(source="proposal.proposer_name")
    cosigners = serializers.ListField(child=serializers.CharField(), help_text="同意联名的人")
    state = serializers.CharField(source="proposal.state")
    state_label = serializers.CharField(source="proposal.get_state_display")
    tone = serializers.CharField()
    published_at = serializers.DateTimeField(source="proposal.published_at", allow_null=True)
    shares = shares.PublicShareSerializer(many=True, help_text="各承办单位的办理和答复")


class FollowerCaseSerializer(PublicCaseSerializer):
    """For whoever's own proposal was merged into this one, and for the unit that has it as 意见建议."""

    audience = one_of(Audience.FOLLOWER.value)
    changed_at = serializers.DateTimeField(source="proposal.changed_at")
    submitted_at = serializers.DateTimeField(source="proposal.submitted_at", allow_null=True)
    filed_at = serializers.DateTimeField(source="proposal.filed_at", allow_null=True)
    assigned_at = serializers.DateTimeField(source="proposal.assigned_at", allow_null=True)
    replied_at = serializers.DateTimeField(source="proposal.replied_at", allow_null=True)
    closed_at = serializers.DateTimeField(source="proposal.closed_at", allow_null=True)
    closed_unrated = serializers.BooleanField(source="proposal.closed_unrated", help_text="逾期未评而办结")
    standing = serializers.CharField(source="standing.sentence", help_text="现在由谁办、何时前，一句话")
    due = DueSerializer(allow_null=True)
    acts = ActNameSerializer(many=True)
    merged_into = MainCaseSerializer(source="proposal.merged_into", allow_null=True)
    rejection_reason = NameSerializer(source="proposal.rejection_reason", allow_null=True)
    disposition_label = serializers.CharField(source="proposal.get_disposition_display", allow_blank=True)
    attachments = FileSerializer(many=True)
    timeline = EventSerializer(many=True)
    shares = shares.ShareSerializer(many=True)
    key = KeySerializer(allow_null=True, help_text="重点提案")
    supervisions = SupervisionSerializer(many=True, help_text="督办记录和批示")


class LeaderCaseSerializer(FollowerCaseSerializer):
    """For the leaders of the county and the committee, of a 重点提案."""

    audience = one_of(Audience.LEADER.value)


class SupporterCaseSerializer(FollowerCaseSerializer):
    """For members who may 附议 it now."""

    audience = one_of(Audience.SUPPORTER.value)
    support_closes = serializers.DateTimeField(
        source="proposal.session.support_closes", allow_null=True, help_text="附议截止；空为到审定为止"
    )


class InviteeCaseSerializer(FollowerCaseSerializer):
    audience = one_of(Audience.INVITEE.value)
    cosigning_closes = serializers.DateTimeField(source="proposal.cosigning_closes", allow_null=True)
    invitations = InvitationSerializer(many=True)


class CosignerCaseSerializer(InviteeCaseSerializer):
    audience = one_of(Audience.COSIGNER.value)
    wordings = WordingSerializer(many=True, help_text="历次文本存底")
    proof = serializers.CharField(allow_blank=True, help_text="集体提案的签署：召集人确认或签章原件")
    shares = shares.SignedShareSerializer(many=True)


class ProposerCaseSerializer(CosignerCaseSerializer):
    """The proposer's own case, with what was declared and what a draft still lacks."""

    audience = one_of(Audience.PROPOSER.value)
    no_secrets = serializers.BooleanField(source="proposal.no_secrets")
    own_work = serializers.BooleanField(source="proposal.own_work")
    publish_consent = serializers.BooleanField(source="proposal.publish_consent", allow_null=True)
    publish_refusal = serializers.CharField(source="proposal.publish_refusal", allow_blank=True)
    suggested_units = NameSerializer(source="proposal.suggested_units.all", many=True)
    accepts_support = serializers.BooleanField(source="proposal.accepts_support")
    change_due_on = serializers.DateField(source="proposal.change_due_on", allow_null=True)
    saved_at = serializers.DateTimeField(source="proposal.saved_at", allow_null=True)
    editable = serializers.BooleanField(help_text="现在可以修改文字")
    missing = MissingSerializer(many=True, help_text="提交前还缺什么")
    shares = shares.ProposerShareSerializer(many=True)


class UnitCaseSerializer(FollowerCaseSerializer):
    """For the units that handle the case."""

    audience = one_of(Audience.UNIT.value)
    proposer_phone = serializers.CharField(allow_blank=True, help_text="第一提案人手机，中间四位以星号代替")
    merged = MainCaseSerializer(many=True, help_text="并入本案的提案")
    shares = shares.InsideShareSerializer(many=True)


class DispatchCaseSerializer(UnitCaseSerializer):
    audience = one_of(Audience.DISPATCH.value)


class StaffCaseSerializer(DispatchCaseSerializer):
    audience = one_of(Audience.STAFF.value)
    suggested_units = NameSerializer(source="proposal.suggested_units.all", many=True)
    publish_consent = serializers.BooleanField(source="proposal.publish_consent", allow_null=True)
    publish_refusal = serializers.CharField(source="proposal.publish_refusal", allow_blank=True)
    invitations = InvitationSerializer(many=True)
    wordings = WordingSerializer(many=True)
    proof = serializers.CharField(allow_blank=True, help_text="集体提案的签署：召集人确认或签章原件")
    admitted_late = serializers.BooleanField(source="proposal.admitted_late", help_text="逾期准予作为大会提案")
    reviews = ReviewSerializer(many=True)
    secrecy_signs = serializers.ListField(
        source="proposal.secrecy_signs",
        child=serializers.CharField(),
        help_text="提交时查到的疑似涉密标志，在何处、写的什么",
    )
    missing_facts = serializers.ListField(
        source="proposal.missing_facts", child=serializers.CharField(), help_text="台账未登记的事项"
    )


CASE_SHAPES = {
    Audience.PUBLIC: PublicCaseSerializer,
    Audience.SUPPORTER: SupporterCaseSerializer,
    Audience.FOLLOWER: FollowerCaseSerializer,
    Audience.LEADER: LeaderCaseSerializer,
    Audience.INVITEE: InviteeCaseSerializer,
    Audience.COSIGNER: CosignerCaseSerializer,
    Audience.PROPOSER: ProposerCaseSerializer,
    Audience.UNIT: UnitCaseSerializer,
    Audience.DISPATCH: DispatchCaseSerializer,
    Audience.STAFF: StaffCaseSerializer,
}
