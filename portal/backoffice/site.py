"""The admin site: one log-in for the whole portal, an index by matter and not by app."""

from functools import cache

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst

from . import menu
from .nonsense import forgiving


@cache
def _address(name: str) -> str:
    """Addresses never change, and the menu on every page of the admin names a hundred."""
    return reverse(f"admin:{name}")


def _described(model_admin, perms: dict[str, bool]) -> dict | None:
    """As Django describes a model for its index; None where nothing is open."""
    if not any(perms.values()):
        return None
    opts, read = model_admin.opts, perms.get("change") or perms.get("view")
    name = f"{opts.app_label}_{opts.model_name}"
    return {
        "model": model_admin.model, "name": capfirst(opts.verbose_name_plural), "object_name": opts.object_name,
        "perms": perms, "view_only": not perms.get("change"),
        "admin_url": _address(f"{name}_changelist") if read else None,
        "add_url": _address(f"{name}_add") if perms.get("add") else None,
    }  # fmt: skip


class BackofficeSite(AdminSite):
    site_title = "西平县智慧政协管理后台"
    site_header = "西平县智慧政协 管理后台"
    index_title = "管理首页"
    site_url = "/"
    empty_value_display = "—"
    enable_nav_sidebar = False  # its place is better used by the tables; the menu stands above them

    def admin_view(self, view, cacheable: bool = False):
        return super().admin_view(forgiving(view), cacheable)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The index by matter; the page of one app keeps Django's own list."""
        if app_label:
            return super().get_app_list(request, app_label)
        open_to = [a for a in self._registry.values() if a.has_module_permission(request)]
        models = [described for a in open_to if (described := _described(a, a.get_model_perms(request)))]
        return menu.arranged(models, request.user)

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """With the queues of every kind of case that this person works on."""
        cases = [a for a in self._registry.values() if hasattr(a, "counted_queues") and a.has_view_permission(request)]
        cases.sort(key=menu.place)
        waiting = [{"name": a.opts.verbose_name_plural, "queues": a.counted_queues(request)} for a in cases]
        shown = [matter for matter in waiting if matter["queues"]]
        return super().index(request, {"waiting": shown, **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context=None) -> HttpResponse:
        """Apps mean nothing to people; the index has everything."""
        return redirect("admin:index")

    # One door, one lock-out, one place for the password: the portal's.
    @login_not_required
    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        from portal.views.accounts import admin_login

        return admin_login(request)

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        from portal.views.accounts import Logout

        return Logout.as_view()(request)

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect(reverse("password_change"))

    def password_change_done(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect(reverse("password_change"))
