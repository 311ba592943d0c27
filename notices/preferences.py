"""A person's choices: kinds of notices by channels. What was not chosen is as notices.kinds has it for the role."""

from collections.abc import Iterable

from members.posts import keep_posts

from . import kinds
from .channels import adapters
from .models import ROBOTS, Channel, ChannelPreference

Choices = dict[tuple[str, str], bool]


def offered_to(user) -> list[str]:
    """The channels that are switched on and this person may have, on the settings page."""
    role = kinds.role_kind(user)
    return [name for name in adapters.configured() if name not in ROBOTS or role in kinds.ROBOTS_FOR]


def choices_of(users: Iterable) -> dict[int, Choices]:
    """{user: {(kind, channel): wanted}} for every kind and channel; two queries for any number of users."""
    users = list(users)
    keep_posts(users)
    found = {user.pk: _defaults(kinds.role_kind(user)) for user in users}
    chosen = ChannelPreference.objects.filter(user__in=found).values_list("user_id", "kind", "channel", "enabled")
    for user_id, kind, channel, enabled in chosen:
        if (kind, channel) in found[user_id]:
            found[user_id][kind, channel] = enabled
    for user in users:
        if kinds.role_kind(user) not in kinds.ROBOTS_FOR:
            found[user.pk].update({(kind, robot): False for kind in kinds.BY_KEY for robot in ROBOTS})
    return found


def wants(user, kind: str, channel: str) -> bool:
    return choices_of([user])[user.pk][kind, channel]


def choose(user, chosen: Choices) -> None:
    """Keep these choices, whether or not they are the default: a later change of defaults does not overrule people."""
    rows = [
        ChannelPreference(user=user, kind=kind, channel=channel, enabled=enabled)
        for (kind, channel), enabled in chosen.items()
    ]
    ChannelPreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind", "channel"], update_fields=["enabled"]
    )


def _defaults(role: str) -> Choices:
    given = kinds.DEFAULTS[role]
    return {(kind, channel): channel in given[kind] for kind in kinds.BY_KEY for channel in Channel.values}
