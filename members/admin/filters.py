from datetime import timedelta

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

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


class StaleFilter(admin.SimpleListFilter):
    """等保: accounts nobody used for 90 days are looked at and switched off."""

    title = "长期未登录"
    parameter_name = "stale"
    DAYS = 90

    def lookups(self, request, model_admin):
        return [("yes", f"{self.DAYS} 天以上未登录")]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        before = timezone.now() - timedelta(days=self.DAYS)
        return queryset.filter(Q(last_login__lt=before) | Q(last_login__isnull=True, date_joined__lt=before))
