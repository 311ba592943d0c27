import django_filters as filters

from opinions.models import Transfer
from opinions.states import TransferState


class TransferFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=TransferState.choices, label="状态")

    class Meta:
        model = Transfer
        fields: list[str] = []
