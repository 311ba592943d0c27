"""One topic, outcome or recommendation with what is in it: the pieces of its page (consultations.sections), for one reader."""

from rest_framework import serializers

from consultations import drafting, timeline
from consultations.models import Opinion, Outcome, Recommendation, Topic
from consultations.sections import outcome as of_outcome
from consultations.sections import topic as of_topic
from deadlines import book as books
from documents.api import FileOfCaseSerializer
from workflow.api.serializers import TimelineStepSerializer
from workflow.querysets import read_case

from .shapes import ConsultOutcomeSerializer, RecommendationSerializer, TopicSerializer


class SurveySerializer(serializers.Serializer):
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    places = serializers.CharField()
    team = serializers.ListField(source="names", child=serializers.CharField(), help_text="参加的委员")
    others = serializers.CharField(help_text="其他参加人员")
    findings = serializers.CharField()
    files = FileOfCaseSerializer(many=True)


class SpeechSerializer(serializers.Serializer):
    kind = serializers.CharField(help_text="briefing 情况通报、question 委员提问、answer 部门解答、speech 协商发言")
    kind_label = serializers.CharField(source="get_kind_display")
    who = serializers.CharField(source="speaker")
    text = serializers.CharField()


class MeetingSerializer(serializers.Serializer):
    form_label = serializers.CharField(source="get_form_display", help_text="会议形式")
    on = serializers.DateField()
    place = serializers.CharField()
    chair = serializers.CharField(help_text="主持人")
    present = serializers.ListField(source="names", child=serializers.CharField(), help_text="出席的委员")
    others = serializers.CharField(help_text="其他出席人员")
    absent = serializers.CharField(help_text="请假人员")
    summary = serializers.CharField(help_text="协商情况和共识")
    minutes_due_on = serializers.DateField(allow_null=True)
    minutes_on = serializers.DateField(allow_null=True, help_text="纪要印发日期")
    minutes_number = serializers.CharField()
    speeches = SpeechSerializer(source="said", many=True)
    files = FileOfCaseSerializer(many=True)


class SaidSerializer(serializers.Serializer):
    who = serializers.CharField(help_text="发言人；对其他委员不显示姓名的为“一位委员”")
    heading = serializers.CharField(help_text="归类；没有归类的为空")
    text = serializers.CharField()
    submitted_at = serializers.DateTimeField()


class OwnOpinionSerializer(serializers.ModelSerializer):
    state = serializers.CharField(help_text="draft 草稿、submitted 已提交")

    class Meta:
        model = Opinion
        fields = ["id", "version", "state", "text", "saved_at", "submitted_at"]


class OutcomeLineSerializer(serializers.ModelSerializer):
    kind_label = serializers.CharField(source="get_kind_display")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = Outcome
        fields = ["id", "title", "kind_label", "state", "state_label", "document_number", "sent_on"]


class ItemLineSerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.name")
    answer_label = serializers.CharField(source="get_answer_display", help_text="没有答复的为空")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = Recommendation
        fields = ["id", "outcome", "position", "text", "unit", "answer_label", "state", "state_label", "due_on"]


class TopicDetailSerializer(TopicSerializer):
    units = serializers.ListField(child=serializers.CharField(), source="shown_units", help_text="协办单位")
    scheme = serializers.CharField(source="shown_scheme", help_text="工作方案；只给政协机关和领导，其他人为空")
    notice = serializers.CharField(source="shown_notice", help_text="协商通知；只给参加协商的人，其他人为空")
    materials = serializers.CharField(source="shown_materials", help_text="材料说明；只给参加协商的人，其他人为空")
    files = FileOfCaseSerializer(source="work.files", many=True, help_text="会议材料；只给参加协商的人")
    surveys = SurveySerializer(source="work.surveys", many=True, help_text="调研视察；只给参加协商的人")
    meetings = MeetingSerializer(source="work.meetings", many=True, help_text="协商会；只给参加协商的人")
    participants = serializers.ListField(
        child=serializers.CharField(), source="shown_participants", help_text="受邀委员；只给参加协商的人"
    )
    opinions = SaidSerializer(source="shown_opinions", many=True, help_text="本人可以看的已提交的意见")
    own_opinion = OwnOpinionSerializer(source="mine", allow_null=True, help_text="本人的意见，没有写的为 null")
    may_speak = serializers.BooleanField(help_text="本人现在能不能写意见：PUT …/opinion/")
    outcomes = OutcomeLineSerializer(source="shown_outcomes", many=True)
    items = ItemLineSerializer(source="shown_items", many=True, help_text="本人可以看的已交办的建议")
    timeline = TimelineStepSerializer(many=True, help_text="最近的在前")

    class Meta(TopicSerializer.Meta):
        fields = [
            *TopicSerializer.Meta.fields, "units", "scheme", "notice", "materials", "files", "surveys", "meetings",
            "participants", "opinions", "own_opinion", "may_speak", "outcomes", "items", "timeline",
        ]  # fmt: skip


def topic(one: Topic, user) -> dict:
    """As its page; `one` was read with the user's roles."""
    reader = of_topic.Reader.of(user, one)
    people, said = of_topic.names(one, reader), of_topic.said(one, reader)
    one.shown_units, one.shown_participants = (
        people.get((kind, one.pk), []) for kind in (of_topic.UNITS, of_topic.INVITED)
    )
    one.work = of_topic.work(one, books.load(), people) if reader.takes_part else of_topic.Work([], [], [])
    one.shown_scheme = one.scheme if reader.is_inside else ""
    one.shown_notice, one.shown_materials = (one.notice, one.materials) if reader.takes_part else ("", "")
    one.shown_opinions = [row for _heading, rows in said.groups for row in rows]
    one.mine, one.may_speak = said.mine, drafting.may_speak(one, user)
    one.shown_items, one.shown_outcomes = of_topic.items(one, user), of_topic.outcomes(one, user)
    seen = {"recommendation": {row.pk for row in one.shown_items}, "outcome": {row.pk for row in one.shown_outcomes}}
    one.timeline = timeline.events(one, seen=seen)
    return TopicDetailSerializer(one).data


class OutcomeItemSerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.name")
    is_seen = serializers.BooleanField(help_text="本人可以看这条建议的办理情况")
    state_label = serializers.SerializerMethodField(help_text="办理情况；不能看的为空")

    class Meta:
        model = Recommendation
        fields = ["id", "position", "text", "unit", "is_seen", "state_label"]

    def get_state_label(self, one) -> str:
        return one.get_state_display() if one.is_seen else ""


class InstructionSerializer(serializers.Serializer):
    leader = serializers.CharField(source="leader_name")
    level_label = serializers.CharField(source="get_level_display")
    on = serializers.DateField()
    text = serializers.CharField(source="shown_text", help_text="批示内容；不能看的为空")
    voided_at = serializers.DateTimeField(allow_null=True, help_text="登记错了作废的，只给承办专委会和办公室")
    void_reason = serializers.CharField()
    files = FileOfCaseSerializer(many=True)


class VersionSerializer(serializers.Serializer):
    serial = serializers.IntegerField(help_text="第几稿")
    title = serializers.CharField()
    text = serializers.CharField()
    by = serializers.CharField(source="by_name", help_text="送审人")
    at = serializers.DateTimeField()


class OutcomeDetailSerializer(ConsultOutcomeSerializer):
    items = OutcomeItemSerializer(source="shown_items", many=True)
    instructions = InstructionSerializer(source="shown_instructions", many=True)
    versions = VersionSerializer(source="shown_versions", many=True, help_text="送审的各稿；只给政协机关和牵头领导")
    files = FileOfCaseSerializer(source="shown_files", many=True)
    timeline = TimelineStepSerializer(many=True, help_text="最近的在前")

    class Meta(ConsultOutcomeSerializer.Meta):
        fields = [
            *ConsultOutcomeSerializer.Meta.fields, "items", "instructions", "versions", "files", "timeline",
        ]  # fmt: skip


def outcome(one: Outcome, user) -> dict:
    parent = read_case(Topic, one.topic_id, user)
    one.shown_items, one.shown_instructions = of_outcome.items(one, user), of_outcome.instructions(one)
    one.shown_versions = of_outcome.versions(one)
    one.shown_files = of_outcome.files(one, one.shown_instructions)
    one.timeline = timeline.events(parent, ("outcome", one.pk)) if parent else []
    return OutcomeDetailSerializer(one).data


class ItemNoteSerializer(serializers.Serializer):
    kind = serializers.CharField(
        help_text="answered 答复、progress 进展、postponed 延期、reported 报落实、returned 退回、urged 催办、asked 再次交办"
    )
    kind_label = serializers.CharField(source="get_kind_display")
    on = serializers.DateField()
    text = serializers.CharField()
    by = serializers.CharField(help_text="登记人")


class BecameSerializer(serializers.Serializer):
    person = serializers.CharField()
    target_label = serializers.CharField(source="get_target_display")
    became = serializers.CharField()


class RecommendationDetailSerializer(RecommendationSerializer):
    notes = ItemNoteSerializer(source="shown_notes", many=True, help_text="办理记录，最近的在前")
    files = FileOfCaseSerializer(source="shown_files", many=True, help_text="佐证材料")
    conversions = BecameSerializer(source="shown_conversions", many=True, help_text="已转为；委员只看到本人的")

    class Meta(RecommendationSerializer.Meta):
        fields = [*RecommendationSerializer.Meta.fields, "notes", "files", "conversions"]


def recommendation(one: Recommendation, user) -> dict:
    one.shown_notes, one.shown_files = of_outcome.record(one), of_outcome.item_files(one)
    one.shown_conversions = of_outcome.conversions(one, user)
    return RecommendationDetailSerializer(one).data
