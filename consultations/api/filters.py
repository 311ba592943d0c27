"""What the lists of the portal filter by, and for programs that keep a copy what changed since a moment."""

import django_filters as filters

from consultations.forms.filters import ApiItemFilter, IdeaFilter, TopicFilter
from workflow.api.syncing import MomentFilter


def since(column: str) -> MomentFilter:
    return MomentFilter(field_name=column)


class SyncedPlanFilter(filters.FilterSet):
    changed_since = since("changed_at")


class SyncedIdeaFilter(IdeaFilter):
    changed_since = since("changed_at")


class SyncedTopicFilter(TopicFilter):
    changed_since = since("moved_at")


class OfTopicFilter(filters.FilterSet):
    """Of what belongs to a topic: what happened anywhere in the topic counts."""

    changed_since = since("topic__changed_at")


class SyncedItemFilter(ApiItemFilter):
    changed_since = since("topic__changed_at")
