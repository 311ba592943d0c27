from django import forms

from . import kinds, preferences
from .models import Channel


class SettingsForm(forms.Form):
    """A tick for each kind of notices and each channel that this person may have."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = preferences.choices_of([user])[user.pk]
        self.channels = preferences.offered_to(user)
        for kind in kinds.KINDS:
            for channel in self.channels:
                name, label = f"{kind.key}-{channel}", f"{kind.label}：{Channel(channel).label}"
                self.fields[name] = forms.BooleanField(label=label, required=False, initial=chosen[kind.key, channel])

    def rows(self) -> list[tuple]:
        """(kind, [(label of the channel, field)])."""
        return [
            (kind, [(Channel(channel).label, self[f"{kind.key}-{channel}"]) for channel in self.channels])
            for kind in kinds.KINDS
        ]

    def save(self) -> None:
        chosen = {
            (kind, channel): self.cleaned_data[f"{kind}-{channel}"]
            for kind in kinds.BY_KEY
            for channel in self.channels
        }
        preferences.choose(self.user, chosen)
