"""The page of a case that answers: who may see it, and why. For the admin of any kind of case."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_safe

from members.explaining import who_sees
from members.models import User


class WhoSeesPage:
    """Goes before a CaseAdmin. Whoever may open the case's page may ask."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.who_sees_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_who"
        return [path("<int:pk>/who/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["who_url"] = self.url("who", obj.pk) if obj else ""
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def who_sees_view(self, request, pk: int) -> TemplateResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = self.get_object(request, str(pk))
        if case is None:
            raise Http404("没有找到这件事项，或者您无权查看。请从列表重新打开。")
        users = User.objects.filter(is_active=True).select_related("person").order_by("person__pinyin", "pk")
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": case,
            "title": f"谁能看到：{self.text_of(case)}", "people": who_sees(case, users), "list_url": self.url("changelist"),
            "case_url": self.url("change", pk),
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/who_sees.html", context)
