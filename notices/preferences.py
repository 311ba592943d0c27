"""A person's choices about channels."""

from .models import Channel, ChannelPreference


def wants(user, channel: str = Channel.EMAIL) -> bool:
    return not ChannelPreference.objects.filter(user=user, channel=channel, enabled=False).exists()


def choose(user, channel: str, enabled: bool) -> None:
    ChannelPreference.objects.update_or_create(user=user, channel=channel, defaults={"enabled": enabled})
