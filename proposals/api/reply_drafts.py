"""The reply as its unit writes it: read whole, written whole. Nothing has to be complete."""

from rest_framework import serializers

from members.models import Organization
from members.periods import today
from proposals import replies
from proposals.forms.replying import ANSWER_MAX, BODY_MAX, COMMITMENTS_MAX
from proposals.kinds import Disclosure, ResultClass, Verdict
from proposals.models import Assignment, Reply
from proposals.validators import SUGGESTIONS_MAX
from xiping_cppcc.api.bodies import known_only
from xiping_cppcc.api.written import WrittenField

from .drafts import LARGEST_KEY


class DraftAnswerSerializer(serializers.Serializer):
    suggestion = serializers.IntegerField(source="suggestion_id", min_value=1, max_value=LARGEST_KEY)
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True, required=False, default="")
    text = WrittenField(max_length=ANSWER_MAX, required=False, default="")

    def to_internal_value(self, data):
        return super().to_internal_value(known_only(self, data))


class DraftCommitmentSerializer(serializers.Serializer):
    """A promise; whole when all three are there."""

    measure = serializers.CharField(max_length=300, allow_blank=True, help_text="承诺内容")
    owner = serializers.IntegerField(
        source="owner_id", min_value=1, max_value=LARGEST_KEY, allow_null=True, help_text="责任单位的编号"
    )
    due_on = serializers.DateField(allow_null=True, help_text="完成期限")

    def to_internal_value(self, data):
        return super().to_internal_value(known_only(self, data))


class ReplyDraftSerializer(serializers.Serializer):
    """PUT replaces the whole draft: what is not sent becomes empty."""

    body = WrittenField(max_length=BODY_MAX, required=False, default="", help_text="答复正文")
    result_class = serializers.ChoiceField(
        choices=ResultClass.choices, allow_blank=True, required=False, default="", help_text="办理结果"
    )
    disclosure = serializers.ChoiceField(
        choices=Disclosure.choices, required=False, default=Disclosure.PUBLIC, help_text="公开属性"
    )
    handler_name = serializers.CharField(max_length=40, allow_blank=True, required=False, default="")
    handler_phone = serializers.CharField(max_length=20, allow_blank=True, required=False, default="")
    leader_name = serializers.CharField(
        max_length=40, allow_blank=True, required=False, default="", help_text="负责领导"
    )
    copies = serializers.CharField(
        max_length=300, allow_blank=True, required=False, default="", help_text="抄送；留空则按惯例"
    )
    answers = DraftAnswerSerializer(many=True, required=False, default=list, max_length=SUGGESTIONS_MAX)
    commitments = DraftCommitmentSerializer(many=True, required=False, default=list, max_length=COMMITMENTS_MAX)

    def to_internal_value(self, data):
        return super().to_internal_value(known_only(self, data))

    def validate_commitments(self, rows: list[dict]) -> list[dict]:
        """The owner is looked up once for all rows."""
        owners = Organization.objects.units().on(today()).in_bulk([row["owner_id"] for row in rows if row["owner_id"]])
        errors = [
            {} if row["owner_id"] is None or row["owner_id"] in owners else {"owner": "没有这个单位。"} for row in rows
        ]
        if any(errors):
            raise serializers.ValidationError(errors)
        return [{**row, "owner": owners.get(row["owner_id"])} for row in rows]


class ReplyDraftAnswerSerializer(ReplyDraftSerializer):
    """The draft as it is stored."""

    version = serializers.IntegerField(help_text="0 表示还没有写过")
    round = serializers.IntegerField(help_text="第几轮办理")
    saved_at = serializers.DateTimeField(allow_null=True)
    editable = serializers.BooleanField()


def stored(assignment: Assignment, editable: bool) -> dict:
    """The draft of the present round; an empty one of version 0 while nothing is written."""
    reply = replies.current_reply(assignment) or Reply(assignment=assignment, round=assignment.round, version=0)
    kept = reply.pk is not None
    shown = {name: getattr(reply, name) for name in replies.REPLY_FIELDS}
    shown |= {
        "version": reply.version,
        "round": reply.round,
        "saved_at": reply.saved_at,
        "editable": editable,
        "answers": list(reply.answers.all()) if kept else [],
        "commitments": list(reply.commitments.all()) if kept else [],
    }
    return ReplyDraftAnswerSerializer(shown).data


def save(assignment: Assignment, user, data: dict, seen_version: int | None) -> Reply:
    """Store the whole draft. Raises TooLate when someone saved in between."""
    asked = assignment.proposal.suggestions.values_list("pk", flat=True)
    given = {row["suggestion_id"]: (row["verdict"], row["text"]) for row in data["answers"]}
    unknown = sorted(set(given) - set(asked))
    if unknown:
        raise serializers.ValidationError({"answers": f"这件提案没有编号为 {unknown[0]} 的建议。"})
    answers = {pk: given.get(pk, ("", "")) for pk in asked}
    promises = [(row["owner"], row["measure"], row["due_on"]) for row in data["commitments"]]
    fields = {name: data[name] for name in replies.REPLY_FIELDS}
    return replies.save_draft(
        assignment, user, fields, answers=answers, commitments=promises, seen_version=seen_version
    )
