"""One matter in the API, with everything that its page shows this reader (record.py, history.py)."""

from rest_framework import serializers

from documents.api import FileOfCaseSerializer
from workflow.api.serializers import TimelineStepSerializer
from workflow.querysets import read_case, roles_on

from . import attachments
from .api_rows import ConsensusSerializer, MatterRatingSerializer, MatterSerializer
from .history import timeline
from .models import Matter, Meeting, Onwarding, ProgressNote, Stay
from .record import record, with_items
from .venues import with_holders


class ProgressNoteSerializer(serializers.ModelSerializer):
    progress_label = serializers.CharField(source="get_progress_display")

    class Meta:
        model = ProgressNote
        fields = ["at", "progress", "progress_label", "text"]


class ConsensusDetailSerializer(ConsensusSerializer):
    meeting = serializers.IntegerField(source="meeting_id", help_text="在哪次协商会上商定")
    notes = ProgressNoteSerializer(many=True, help_text="报告过的进展，最早的在前")

    class Meta(ConsensusSerializer.Meta):
        fields = [*ConsensusSerializer.Meta.fields, "meeting", "notes"]


class HeadcountSerializer(serializers.Serializer):
    kind = serializers.CharField(help_text="委员、利益相关方、部门、群众、专家")
    people = serializers.IntegerField()

    def to_representation(self, pair):
        return dict(zip(("kind", "people"), pair, strict=True))


class MatterMeetingSerializer(serializers.ModelSerializer):
    counts = HeadcountSerializer(many=True, help_text="参加的人数，没有人的不列")
    participants = serializers.ListField(
        source="named", child=serializers.CharField(), help_text="有账号的参加人；只给议事室和机关"
    )

    class Meta:
        model = Meeting
        fields = ["id", "held_on", "place", "host_name", "counts", "participants", "talks", "not_agreed", "signed_at"]


class StaySerializer(serializers.ModelSerializer):
    venue = serializers.CharField(source="venue.organization.name")
    how_label = serializers.CharField(source="get_how_display")

    class Meta:
        model = Stay
        fields = ["venue_id", "venue", "how", "how_label", "since", "until"]


class OnwardSerializer(serializers.ModelSerializer):
    way_label = serializers.CharField(source="get_way_display")
    person = serializers.CharField(source="person.name", help_text="接办的委员")

    class Meta:
        model = Onwarding
        fields = ["way", "way_label", "person", "called", "at"]


class MatterStepSerializer(TimelineStepSerializer):
    sequence = serializers.IntegerField(source="id")
    on_behalf_of = serializers.CharField(help_text="代何人")


class MatterDetailSerializer(MatterSerializer):
    original_title = serializers.CharField(help_text="提出人写的标题；只给议事室和机关，其他人为空")
    original_text = serializers.CharField(help_text="提出人写的情况；只给议事室和机关，其他人为空")
    brought_by = serializers.CharField(source="bringer", help_text="提出人的姓名；群众提出的和无权看的为空")
    items = ConsensusDetailSerializer(source="shown.items", many=True, help_text="共识要点；纪要签发前只给议事室和机关")
    ratings = MatterRatingSerializer(source="shown.ratings", many=True)
    meetings = MatterMeetingSerializer(source="shown.meetings", many=True, help_text="纪要签发前只给议事室和机关")
    stays = StaySerializer(source="shown.stays", many=True, help_text="经过的议事室；只给议事室和机关")
    onward = OnwardSerializer(source="shown.onward", allow_null=True, help_text="转请哪位委员推动；没有的为 null")
    released_at = serializers.DateTimeField(
        source="shown.release.released_at", default=None, allow_null=True, help_text="现在公开的内容是何时公开的；没有公开的为 null"
    )  # fmt: skip
    files = FileOfCaseSerializer(many=True)
    timeline = MatterStepSerializer(many=True, help_text="最近的在前")

    class Meta(MatterSerializer.Meta):
        fields = [
            *MatterSerializer.Meta.fields, "original_title", "original_text", "brought_by", "surveyed_on", "surveyed_by",
            "findings", "meeting_at", "meeting_place", "meetings", "stays", "onward", "released_at", "files", "timeline",
        ]  # fmt: skip


def detail(pk: int, user) -> dict | None:
    """The matter as this reader sees it, None when it is out of reach."""
    matter = read_case(Matter, pk, user, rows="for_page")
    if matter is None:
        return None
    with_holders([with_items(matter)])
    matter.shown = record(matter, roles_on(matter))
    inside = matter.shown["inside"]
    for meeting in matter.shown["meetings"]:
        meeting.named = [str(row.person) for row in meeting.participants.all()] if inside else []
    matter.original_title, matter.original_text = (matter.title, matter.text) if inside else ("", "")
    matter.bringer = str(matter.brought_by) if inside and matter.brought_by_id else ""
    matter.timeline = timeline(matter)
    matter.files = attachments.of_matter(pk).values("id", "name", "size")
    return MatterDetailSerializer(matter).data
