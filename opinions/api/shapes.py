"""The shapes of reports in the API; what a reader may not see is empty (opinions.sight)."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.api import FileOfCaseSerializer
from opinions import credits, sight
from opinions.history import timeline
from opinions.kinds import Urgency
from opinions.models import OpinionReport, Transfer
from opinions.validators import CITIZEN_MAX, PART_MAX, TITLE_MAX
from workflow.api.serializers import TimelineStepSerializer
from workflow.querysets import roles_on
from xiping_cppcc.api.bodies import known_only
from xiping_cppcc.api.written import WrittenField


class OpinionRowSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="shown_title", help_text="签发以后是编辑稿的标题")
    reporter = serializers.CharField(help_text="member 委员、organization 单位、informant 特邀信息员")
    reporter_name = serializers.CharField(help_text="反映人或反映单位")
    urgency = serializers.CharField(help_text="opinion_normal 普通、opinion_urgent 急、opinion_pressing 特急")
    state = serializers.CharField(help_text="状态的代码，名称见 state_label")
    state_label = serializers.CharField(source="get_state_display")
    issue = serializers.CharField(allow_null=True, help_text="编入哪一期；没有编发的为 null")

    class Meta:
        model = OpinionReport
        fields = [
            "id", "version", "receipt_number", "title", "reporter", "reporter_name", "urgency", "state", "state_label",
            "submitted_at", "due_on", "target_at", "issue", "changed_at",
        ]  # fmt: skip

    def to_representation(self, report):
        return super().to_representation(report) | {"issue": str(report.issue) if report.issue_id else None}


class TextsSerializer(serializers.Serializer):
    label = serializers.CharField()
    text = serializers.CharField()


class OutcomeSerializer(serializers.Serializer):
    kind = serializers.CharField(help_text="forwarding 上报、adoption 采用、instruction 批示")
    level = serializers.CharField(help_text="县级、市级、省级、全国")
    on = serializers.DateField()
    by = serializers.CharField(help_text="单位或批示领导")
    mode = serializers.CharField(allow_blank=True, help_text="单篇采用、综合采用；只有采用才有")
    text = serializers.CharField(allow_blank=True, help_text="批示内容")
    document = serializers.CharField(allow_blank=True)
    files = FileOfCaseSerializer(many=True, help_text="批示的扫描件；只有批示才有")


class TransferSerializer(serializers.ModelSerializer):
    report = serializers.IntegerField(source="report_id", help_text="社情民意的 id")
    number = serializers.CharField(source="report.number")
    title = serializers.CharField(source="report.shown_title")
    unit = serializers.CharField(source="unit.name")
    state = serializers.CharField(help_text="状态的代码，名称见 state_label")
    state_label = serializers.CharField(source="get_state_display")
    verdict = serializers.CharField(help_text="adopted 采纳、partly 部分采纳、not_adopted 未采纳；没有答复的为空")
    reply = serializers.CharField(source="shown_reply", help_text="办理情况；核对以前只有单位和机关能看到")
    note = serializers.CharField(source="shown_note", help_text="办理要求")

    class Meta:
        model = Transfer
        fields = [
            "id", "version", "report", "number", "title", "unit", "state", "state_label", "note", "assigned_at",
            "sign_due_on", "due_on", "extended_from", "urged_on", "signed_at", "verdict", "reply", "replied_at", "checked_at",
        ]  # fmt: skip

    def to_representation(self, part):
        shown = super().to_representation(part)
        return shown if part.shown_reply else shown | {"verdict": ""}


class TransferDetailSerializer(TransferSerializer):
    files = serializers.SerializerMethodField(help_text="随办理情况报送的附件；核对以前只有单位和机关能看到")

    class Meta(TransferSerializer.Meta):
        fields = [*TransferSerializer.Meta.fields, "files"]

    @extend_schema_field(FileOfCaseSerializer(many=True))
    def get_files(self, part) -> list[dict]:
        return FileOfCaseSerializer(part.shown_files, many=True).data


class OpinionSerializer(OpinionRowSerializer):
    authors = serializers.ListField(child=serializers.CharField(), help_text="全部署名")
    original_title = serializers.CharField()
    original = TextsSerializer(many=True, help_text="原文；承办单位只看编辑稿")
    edited = TextsSerializer(many=True, help_text="编辑稿；反映人在签发以后才看到")
    on_behalf = serializers.BooleanField()
    citizen_name = serializers.CharField(help_text="隐去一部分，只给反映人和机关，其他人为空；反映人写草稿时完整")
    citizen_contact = serializers.CharField(help_text="同 citizen_name；完整的到 POST citizen/ 查看")
    no_secrets = serializers.BooleanField()
    origin = serializers.CharField(help_text="portal 直接反映，其他是从哪里转来的")
    origin_note = serializers.CharField()
    files = FileOfCaseSerializer(source="shown_files", many=True)
    transfers = TransferDetailSerializer(source="shown_parts", many=True)
    outcomes = OutcomeSerializer(many=True)
    timeline = TimelineStepSerializer(many=True, help_text="最近的在前")

    class Meta(OpinionRowSerializer.Meta):
        fields = [
            *OpinionRowSerializer.Meta.fields, "authors", "original_title", "original", "edited", "on_behalf", "citizen_name",
            "citizen_contact", "no_secrets", "origin", "origin_note", "files", "transfers", "outcomes", "timeline",
        ]  # fmt: skip


def detail(report: OpinionReport, user) -> dict:
    """The report as this reader sees it; `report` was read through `with_roles_of(user)`."""
    held = roles_on(report)
    followers, parts = credits.followers_of(report), sight.parts_of(report, user)
    texts, (name, contact) = sight.texts(report, held, followers), sight.citizen(report, held)
    report.authors = sight.credited_with(report, held, followers)
    report.outcomes = _outcomes(sight.outcomes(report, held))
    report.original, report.edited = _texts(texts.get("original", ())), _texts(texts.get("edited", ()))
    report.original_title = report.title if report.original else ""
    report.shown_files = texts.get("files", ())
    report.timeline, report.shown_parts = timeline(report, parts), parts
    return OpinionSerializer(report).data | {"citizen_name": name, "citizen_contact": contact}


def _texts(parts) -> list[dict]:
    return [{"label": label, "text": text} for label, text in parts]


def _outcomes(found: dict) -> list[dict]:
    rows = [("forwarding", row, row.body) for row in found.get("forwardings", ())]
    rows += [("adoption", row, row.body) for row in found.get("adoptions", ())]
    rows += [("instruction", row, row.leader) for row in found.get("instructions", ())]
    return [
        {
            "kind": kind, "level": row.get_level_display(), "on": row.on, "by": by, "document": row.document,
            "mode": row.get_mode_display() if kind == "adoption" else "", "text": row.text if kind == "instruction" else "",
            "files": row.files if kind == "instruction" else (),
        }
        for kind, row, by in rows
    ]  # fmt: skip


class OpinionDraftSerializer(serializers.Serializer):
    """Fields that are not sent stay as they are."""

    title = serializers.CharField(max_length=TITLE_MAX, required=False, allow_blank=True, help_text="标题")
    situation = WrittenField(max_length=PART_MAX, required=False, help_text="情况反映")
    causes = WrittenField(max_length=PART_MAX, required=False, help_text="原因分析")
    suggestions = WrittenField(max_length=PART_MAX, required=False, help_text="建议")
    urgency = serializers.ChoiceField(choices=Urgency.choices, required=False)
    on_behalf = serializers.BooleanField(required=False, help_text="代群众反映")
    citizen_name = serializers.CharField(max_length=CITIZEN_MAX, required=False, allow_blank=True)
    citizen_contact = serializers.CharField(max_length=80, required=False, allow_blank=True)
    no_secrets = serializers.BooleanField(required=False, help_text="不含国家秘密和工作秘密")
    attachments = serializers.ListField(
        child=serializers.UUIDField(), max_length=20, required=False, help_text="全部附件的编号；没有列出的会移除"
    )

    def to_internal_value(self, data):
        return super().to_internal_value(known_only(self, data))


class NewOpinionSerializer(OpinionDraftSerializer):
    organization = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        allow_null=True,
        help_text="以哪个单位的名义反映；本人反映的不填",
    )
