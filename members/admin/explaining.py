"""The page that answers: what may this person do today, and why."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_safe

from members import explaining
from members.models import User
from members.periods import today


class RightsPage:
    """Goes before the ModelAdmin of accounts. Whoever may look at people may ask."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.rights_view))
        return [path("<int:pk>/rights/", view, name="members_user_rights"), *super().get_urls()]

    def rights_view(self, request, pk: int) -> TemplateResponse:
        if not request.user.has_perm("members.view_person"):
            raise PermissionDenied("您的账号不能查看他人的权限。需要时请联系系统管理员。")
        user = User.objects.select_related("person").filter(pk=pk).first()
        if user is None:
            raise Http404("没有这个账号。请从人员或账号列表重新打开。")
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": f"{user} 今天能做什么", "of": user, "day": today(),
            "grounds": explaining.grounds_of(user), "admin_rights": explaining.admin_rights_of(user),
            "case_roles": explaining.case_roles_of(user, request.user), "duties": [group.name for group in user.groups.all()],
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/rights.html", context)
