"""Weights of the unit assessment: a year and its measures on one page; together they make 100."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from workflow.admin import ReadOnlyAdmin, TrackedAdmin

from .models import AssessmentScheme, AssessmentWeight, FigureSnapshot, check_sum


class WholeFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        if any(form.errors for form in kept):
            return
        kept = [form.cleaned_data for form in kept if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if not kept:
            raise ValidationError("请至少写一个指标的权重，合计为 100。")
        check_sum([row["weight"] for row in kept])


class WeightRows(admin.TabularInline):
    model = AssessmentWeight
    formset = WholeFormSet
    fields = ["measure", "weight"]
    extra = 2


@admin.register(AssessmentScheme)
class AssessmentSchemeAdmin(TrackedAdmin):
    list_display = ["valid_from", "basis", "shown_weights"]
    list_filter = ["valid_from"]
    search_fields = ["basis"]
    search_help_text = "依据"
    fields = ["valid_from", "basis"]
    inlines = [WeightRows]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("weights")

    @admin.display(description="权重")
    def shown_weights(self, scheme: AssessmentScheme) -> str:
        return "，".join(str(row) for row in scheme.weights.all())


@admin.register(FigureSnapshot)
class FigureSnapshotAdmin(ReadOnlyAdmin):
    """What was signed; the figures themselves stand on the page of the year."""

    list_display = ["year", "signed_name", "signed_at", "digest"]
    search_fields = ["year", "signed_name"]
    search_help_text = "年度或签署人"
    ordering = ["-year"]
    fields = ["year", "signed_name", "signed_by", "signed_at", "digest"]
