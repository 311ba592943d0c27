import django_filters as filters

from opinions.forms.filters import ReportFilter
from opinions.models import Transfer
from opinions.states import TransferState
from workflow.api.syncing import MomentFilter


class ApiReportFilter(ReportFilter):
    changed_since = MomentFilter(field_name="changed_at")


class TransferFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=TransferState.choices, label="状态")
    changed_since = MomentFilter(field_name="report__changed_at", label="所属社情民意在这个时刻以后有变动的")

    class Meta:
        model = Transfer
        fields: list[str] = []
