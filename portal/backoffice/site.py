"""The admin site: one log-in for the whole portal, an index by matter and not by app."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import menu
from .nonsense import forgiving


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
        apps = super().get_app_list(request, app_label)
        return apps if app_label else menu.arranged(apps, request.user)

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
