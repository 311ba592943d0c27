"""The action 导出表格 of a list whose rows can be taken out: the page that exports asks for the columns and keeps the record."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse

from workflow.batch import MOST


class Exported:
    """Mixed in before a ModelAdmin. `export_list`: the key in exports.lists, whose reader narrows to the `pk` asked for."""

    actions = ("export",)
    export_list = ""

    @admin.action(description="导出表格")
    def export(self, request, queryset):
        keys = list(queryset.order_by().values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            text = f"一次最多勾选 {MOST} 行。更多的，请在门户的列表里按条件导出。"
            return self.message_user(request, text, messages.WARNING)
        asked = urlencode({"pk": keys, "back": request.get_full_path()}, doseq=True)
        return redirect(f"{reverse('exports:ask', args=[self.export_list])}?{asked}")
