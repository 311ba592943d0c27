"""Rooms, and matters as lists show them, in the API."""

from rest_framework import serializers

from .models import Consensus, Matter, Rating, Venue


class VenueSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="organization.name")
    kind_label = serializers.CharField(source="get_kind_display")
    level_label = serializers.CharField(source="get_level_display")
    township = serializers.CharField(source="township.name", default="", help_text="县级议事室为空")
    hosts = serializers.ListField(child=serializers.CharField(), help_text="召集人")

    class Meta:
        model = Venue
        fields = [
            "id", "name", "kind", "kind_label", "level", "level_label", "township", "place", "hours", "about",
            "takes_matters", "hosts",
        ]  # fmt: skip


class ConsensusSerializer(serializers.ModelSerializer):
    responsible = serializers.CharField(source="who", help_text="责任单位或责任人")
    progress_label = serializers.CharField(source="progress_word")

    class Meta:
        model = Consensus
        fields = ["id", "position", "text", "responsible", "due_on", "progress", "progress_label", "ended_on"]


class MatterRatingSerializer(serializers.ModelSerializer):
    verdict_label = serializers.CharField(source="get_verdict_display")

    class Meta:
        model = Rating
        fields = ["round", "verdict", "verdict_label", "text", "way", "at"]


class MatterSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="__str__")
    text = serializers.SerializerMethodField(help_text="公示的情况说明；没有时为原文")
    venue = serializers.CharField(source="venue.organization.name", help_text="议事室")
    venue_id = serializers.IntegerField()
    source_label = serializers.CharField(source="get_source_display")
    category_label = serializers.CharField(source="get_category_display")
    state = serializers.CharField(help_text="状态的代码，见 docs/workflow.md")
    state_label = serializers.CharField(source="get_state_display")
    holder = serializers.CharField(help_text="现在由谁办；办完的为空")
    items = serializers.SerializerMethodField(help_text="纪要签发后的共识要点")
    ratings = serializers.SerializerMethodField()

    class Meta:
        model = Matter
        fields = [
            "id", "version", "receipt", "title", "text", "place", "source", "source_label", "category",
            "category_label", "venue_id", "venue", "state", "state_label", "holder", "due_on", "round", "answer",
            "received_at", "closed_on", "changed_at", "items", "ratings",
        ]  # fmt: skip

    def get_text(self, matter) -> str:
        return matter.public_text or matter.text

    def get_items(self, matter) -> ConsensusSerializer(many=True):
        agreed = [item for item in matter.items.all() if item.meeting.signed_at]
        return ConsensusSerializer(agreed, many=True).data

    def get_ratings(self, matter) -> MatterRatingSerializer(many=True):
        return MatterRatingSerializer(matter.ratings.all(), many=True).data
