from django.contrib import admin

from members.periods import today


class InForceFilter(admin.SimpleListFilter):
    """在任 / 已结束, by today's date."""

    title = "是否有效"
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        return [("yes", "目前有效"), ("no", "已结束或未开始")]

    def queryset(self, request, queryset):
        current = queryset.model.objects.on(today()).values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=current)
        if self.value() == "no":
            return queryset.exclude(pk__in=current)
        return queryset
