"""How plans, suggestions, topics, opinions, outcomes and recommendations are shown."""

from rest_framework import serializers

from consultations.models import Idea, Opinion, Outcome, Plan, Recommendation, Topic
from consultations.roles import Role
from workflow.querysets import roles_on


class CaseSerializer(serializers.ModelSerializer):
    state = serializers.CharField(help_text="状态的代码")
    state_label = serializers.CharField(source="get_state_display", help_text="状态的名称")
    number = serializers.CharField(help_text="怎样称呼")


BASE = ["id", "version", "number", "state", "state_label"]


class PlanSerializer(CaseSerializer):
    topic_count = serializers.IntegerField(help_text="列入的议题数，含已取消的")

    class Meta:
        model = Plan
        fields = [
            *BASE,
            "year",
            "aim",
            "duties",
            "call_until",
            "issued_on",
            "document_number",
            "issuers",
            "topic_count",
        ]


class IdeaSerializer(CaseSerializer):
    year = serializers.IntegerField(source="plan.year", help_text="征集的年度")
    from_whom = serializers.SerializerMethodField(help_text="谁提出的；群众姓名只给政协机关")

    class Meta:
        model = Idea
        fields = [*BASE, "year", "title", "because", "source", "channel", "from_whom", "entered_at", "topic"]

    def get_from_whom(self, one) -> str:
        return one.from_whom


class TopicSerializer(CaseSerializer):
    kind = serializers.CharField(source="kind.name", help_text="议题类别")
    form_label = serializers.CharField(source="get_form_display", help_text="协商形式的名称")
    lead = serializers.CharField(source="lead.name", help_text="承办专委会")
    leader = serializers.SerializerMethodField(help_text="牵头领导；没有的为空")
    timing = serializers.CharField(help_text="协商时间，如“5月”“全年”")
    meets_at = serializers.SerializerMethodField(help_text="会议几点开始，如“09:00”；没有定的为空")
    mode = serializers.CharField(help_text="征集方式：open、invited、mixed；没有征集的为空")
    is_collecting = serializers.BooleanField(help_text="现在是否在征集委员意见")
    item_count = serializers.IntegerField(help_text="已经交办的建议数")
    roles = serializers.SerializerMethodField(help_text="本人在这个议题里的身份")

    class Meta:
        model = Topic
        fields = [
            *BASE, "year", "serial", "plan", "kind", "form", "form_label", "title", "background", "timing", "lead", "leader",
            "attending", "meets_on", "meets_at", "place", "notice_due_on", "notice_on", "materials_due_on", "materials_on",
            "mode", "question", "is_anonymous", "opinions_until", "is_collecting", "held_on", "report_due_on", "reported_on", "fed_back_on",
            "feedback", "closed_on", "item_count", "roles",
        ]  # fmt: skip

    def get_meets_at(self, one) -> str:
        return one.meets_at.strftime("%H:%M") if one.meets_at else ""

    def get_leader(self, one) -> str:
        return str(one.leader or "")

    def get_roles(self, one) -> list[str]:
        return sorted(roles_on(one))


class ConsultOpinionSerializer(CaseSerializer):
    topic_title = serializers.CharField(source="topic.title")
    who = serializers.SerializerMethodField(help_text="发言人；对其他委员不显示姓名的为“一位委员”")

    class Meta:
        model = Opinion
        fields = [*BASE, "topic", "topic_title", "who", "text", "heading", "saved_at", "submitted_at"]

    def get_who(self, one) -> str:
        named = roles_on(one) & {Role.AUTHOR, Role.OFFICE, Role.LEAD}
        return str(one.person) if named or not one.topic.is_anonymous else "一位委员"


class ConsultOutcomeSerializer(CaseSerializer):
    kind_label = serializers.CharField(source="get_kind_display", help_text="成果形式的名称")
    topic_title = serializers.CharField(source="topic.title")

    class Meta:
        model = Outcome
        fields = [
            *BASE, "topic", "topic_title", "kind", "kind_label", "title", "text", "signed_by", "signed_on", "sent_to",
            "copied_to", "document_number", "sent_on",
        ]  # fmt: skip


class RecommendationSerializer(CaseSerializer):
    topic_title = serializers.CharField(source="topic.title")
    unit = serializers.CharField(source="unit.name", help_text="承办单位")
    answer_label = serializers.SerializerMethodField(help_text="采纳、部分采纳、未采纳；没有答复的为空")

    class Meta:
        model = Recommendation
        fields = [
            *BASE, "topic", "topic_title", "outcome", "position", "text", "unit", "asked_at", "answer_due_on", "answer",
            "answer_label", "answered_on", "measure", "due_on", "promised_on", "done_on", "result",
        ]  # fmt: skip

    def get_answer_label(self, one) -> str:
        return one.get_answer_display() if one.answer else ""


class OpinionTextSerializer(serializers.Serializer):
    text = serializers.CharField(
        allow_blank=True, trim_whitespace=False, max_length=3000, help_text="意见正文，可以没写完"
    )
    version = serializers.IntegerField(required=False, min_value=1, max_value=10**9, help_text="上次保存后的版本")


class NewIdeaSerializer(serializers.Serializer):
    title = serializers.CharField(max_length=80)
    because = serializers.CharField(max_length=1500, help_text="理由和主要情况")
