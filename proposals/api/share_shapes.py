"""A unit's share in a case, with its replies, for each audience. What one may not see is not a field."""

from rest_framework import serializers

from .shapes import ActNameSerializer, DueSerializer, FileSerializer, NameSerializer


class AnswerSerializer(serializers.Serializer):
    """What a reply says to one suggestion."""

    suggestion = serializers.IntegerField(source="suggestion_id", help_text="建议的编号")
    position = serializers.IntegerField(source="suggestion.position", help_text="第几条建议")
    verdict = serializers.CharField(allow_blank=True)
    verdict_label = serializers.CharField(source="get_verdict_display", allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class CommitmentSerializer(serializers.Serializer):
    """What a B-class reply promises."""

    id = serializers.IntegerField(source="pk")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    measure = serializers.CharField(allow_blank=True, help_text="承诺内容")
    owner = NameSerializer(allow_null=True, help_text="责任单位")
    due_on = serializers.DateField(allow_null=True)
    done_on = serializers.DateField(allow_null=True)


class RatingSerializer(serializers.Serializer):
    person = serializers.CharField(source="person.name", default="", help_text="评价人")
    deciding = serializers.BooleanField(help_text="是否第一提案人的评价（以它为准）")
    attitude = serializers.CharField()
    attitude_label = serializers.CharField(source="get_attitude_display", help_text="对办理工作")
    result = serializers.CharField()
    result_label = serializers.CharField(source="get_result_display", help_text="对办理结果")
    contacted = serializers.BooleanField(allow_null=True)
    hearing = serializers.CharField(allow_blank=True)
    hearing_label = serializers.CharField(source="get_hearing_display", allow_blank=True, help_text="听取意见方式")
    pertinence = serializers.CharField(allow_blank=True)
    pertinence_label = serializers.CharField(source="get_pertinence_display", allow_blank=True)
    leader_answered = serializers.BooleanField(allow_null=True, help_text="分管领导是否答复（集体提案）")
    comment = serializers.CharField(allow_blank=True)
    is_voided = serializers.BooleanField(help_text="已作废，不算数；只有提案委看得到")
    void_reason = serializers.CharField(allow_blank=True)
    late = serializers.BooleanField(help_text="逾期评价")
    by_proxy = serializers.BooleanField(help_text="由提案委代录")
    at = serializers.DateTimeField()


class QualitySerializer(serializers.Serializer):
    """The unit's rating of the proposal. Neither side reads the other's before both have rated or the time is over."""

    topic_label = serializers.CharField(source="get_topic_display", help_text="选题")
    substance_label = serializers.CharField(
        source="get_substance_display", help_text="一事一案，有情况、有分析、有建议"
    )
    form_label = serializers.CharField(source="get_form_display", help_text="格式")
    benefit_label = serializers.CharField(source="get_benefit_display", help_text="可行性和效益")
    overall = serializers.CharField(help_text="excellent、good 或 fair")
    overall_label = serializers.CharField(source="get_overall_display", help_text="总体评价")
    comment = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class ContactSerializer(serializers.Serializer):
    """面商 of a unit with the proposer."""

    id = serializers.IntegerField(source="pk")
    round = serializers.IntegerField()
    stage_label = serializers.CharField(source="get_stage_display")
    method_label = serializers.CharField(source="get_method_display")
    on = serializers.DateField()
    participants = serializers.CharField()
    content = serializers.CharField()


class SupplementSerializer(serializers.Serializer):
    """补充答复, in the order in which they were told."""

    id = serializers.IntegerField(source="pk")
    letter_number = serializers.CharField(allow_blank=True, help_text="发文字号")
    body = serializers.CharField()
    sent_at = serializers.DateTimeField(source="signed_at", allow_null=True, help_text="为空表示还没有发出")


class PublicReplySerializer(serializers.Serializer):
    """A reply as published: no names, no numbers to call, no ratings."""

    round = serializers.IntegerField(source="reply.round")
    letter_number = serializers.CharField(source="reply.letter_number", allow_blank=True, help_text="发文字号")
    body = serializers.CharField(source="reply.body", allow_blank=True)
    result_class = serializers.CharField(source="reply.result_class", allow_blank=True)
    result_class_label = serializers.CharField(source="reply.get_result_class_display", allow_blank=True)
    sent_at = serializers.DateTimeField(source="reply.sent_at", allow_null=True)
    answers = AnswerSerializer(source="reply.answers.all", many=True)


class ReplySerializer(PublicReplySerializer):
    id = serializers.IntegerField(source="reply.pk")
    disclosure = serializers.CharField(source="reply.disclosure")
    disclosure_label = serializers.CharField(source="reply.get_disclosure_display", help_text="公开属性")
    supplements = SupplementSerializer(many=True, help_text="补充答复")
    scan = FileSerializer(source="reply.scan", allow_null=True, help_text="盖章扫描件（PDF）")
    copies = serializers.CharField(source="reply.copies", allow_blank=True, help_text="抄送")
    commitments = CommitmentSerializer(source="reply.commitments.all", many=True)
    ratings = RatingSerializer(many=True)
    upgraded_to = serializers.CharField(source="reply.upgraded_to", allow_blank=True, help_text="B 类转为的类别")
    upgraded_at = serializers.DateTimeField(source="reply.upgraded_at", allow_null=True)
    quality = QualitySerializer(allow_null=True, help_text="承办单位对提案质量的评价；没有或还不能看为 null")


class SignedReplySerializer(ReplySerializer):
    """For those who signed the proposal: with whom to speak about it."""

    handler_name = serializers.CharField(source="handler.name", allow_blank=True, help_text="经办人")
    handler_phone = serializers.CharField(source="handler.phone", allow_blank=True, help_text="单位联系电话")
    leader_name = serializers.CharField(source="handler.leader", allow_blank=True, help_text="负责领导")


class ProposerReplySerializer(SignedReplySerializer):
    """The proposer also reads the draft that was sent for comment."""

    is_draft = serializers.BooleanField()
    draft_sent_at = serializers.DateTimeField(source="reply.draft_sent_at", allow_null=True)
    comment_due_on = serializers.DateField(source="reply.comment_due_on", allow_null=True)
    comment = serializers.CharField(source="reply.comment", allow_blank=True, help_text="提案人对答复稿的意见")


class InsideReplySerializer(ProposerReplySerializer):
    version = serializers.IntegerField(source="reply.version")
    signed_at = serializers.DateTimeField(source="reply.signed_at", allow_null=True, help_text="审签时间")
    checked_at = serializers.DateTimeField(source="reply.checked_at", allow_null=True, help_text="复核时间")


class NoteSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    who = serializers.CharField()
    text = serializers.CharField()


class PublicShareSerializer(serializers.Serializer):
    unit = NameSerializer(source="row.unit")
    kind_label = serializers.CharField(source="row.get_kind_display")
    state_label = serializers.CharField(source="row.get_state_display")
    replied_at = serializers.DateTimeField(source="row.replied_at", allow_null=True)
    replies = PublicReplySerializer(many=True)


class ShareSerializer(PublicShareSerializer):
    """For those who follow the case."""

    id = serializers.IntegerField(source="row.pk")
    version = serializers.IntegerField(source="row.version")
    kind = serializers.CharField(source="row.kind")
    state = serializers.CharField(source="row.state")
    tone = serializers.CharField()
    round = serializers.IntegerField(source="row.round")
    assigned_at = serializers.DateTimeField(source="row.assigned_at")
    due = DueSerializer(source="sign", allow_null=True)
    rating_due_on = serializers.DateField(source="row.rating_due_on", allow_null=True)
    acts = ActNameSerializer(many=True)
    replies = ReplySerializer(many=True)


class SignedShareSerializer(ShareSerializer):
    replies = SignedReplySerializer(many=True)
    return_reason = serializers.CharField(source="row.return_reason", allow_blank=True, help_text="退办理由")


class ProposerShareSerializer(SignedShareSerializer):
    contacts = ContactSerializer(many=True, allow_null=True)
    urged = serializers.CharField(allow_blank=True, help_text="催办情况，如“已催办 2 次，最近 11月20日”")
    replies = ProposerReplySerializer(many=True)


class InsideShareSerializer(ProposerShareSerializer):
    """For units, dispatch office and committee. Of another unit's share the inner fields stay empty."""

    opinion = serializers.CharField(allow_blank=True, help_text="会办意见")
    opinion_number = serializers.CharField(allow_blank=True, help_text="会办意见的发文字号")
    notes = NoteSerializer(many=True, help_text="内部备注，只有本单位经办人和领导能看到")
    supplement_stage = serializers.CharField(
        source="row.supplement_stage", allow_blank=True, help_text="to_sign 补充答复待审签，returned 退回修改，空为没有"
    )
    return_suggestion = NameSerializer(source="row.return_suggestion", allow_null=True, help_text="退办时建议改由")
    sign_due_on = serializers.DateField(source="row.sign_due_on", allow_null=True)
    return_due_on = serializers.DateField(source="row.return_due_on", allow_null=True)
    contact_due_on = serializers.DateField(source="row.contact_due_on", allow_null=True)
    due_on = serializers.DateField(source="row.due_on", allow_null=True)
    original_due_on = serializers.DateField(
        source="row.original_due_on", allow_null=True, help_text="延期或重新定期限以前的期限"
    )
    first_assigned_at = serializers.DateTimeField(
        source="row.first_assigned_at", help_text="首次交办时间，退办改交不重新计算"
    )
    files = FileSerializer(many=True)
    replies = InsideReplySerializer(many=True)
