"""Logging in and out, and one's own password. Scripts (the log-in dialog over a page) get JSON."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from members import logins, password_rules, second_factor
from portal.answers import wants_json
from portal.context import session_seconds
from portal.forms import LoginForm, OwnPasswordForm
from portal.second_factor import PENDING, is_pending
from portal.views.second_factor import NEXT

# The dialog over a page asks for one thing only.
OTHER_WINDOW = "密码正确，还要动态口令。请在新窗口打开门户，输完动态口令，再回到这里继续，文字不会丢。"


class Login(views.LoginView):
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        if second_factor.is_wanted(self.request.user):
            self.request.session[PENDING] = True
            self.request.session[NEXT] = self.get_success_url()
            if wants_json(self.request):
                return JsonResponse({"errors": {"password": [OTHER_WINDOW]}}, status=400)
        return session_state(self.request) if wants_json(self.request) else response

    def form_invalid(self, form):
        if wants_json(self.request):
            return JsonResponse({"errors": form.errors}, status=400)
        return super().form_invalid(form)


@method_decorator(login_not_required, name="dispatch")
class Logout(views.LogoutView):
    """Ends the session and has the browser forget the texts it kept for it."""

    next_page = reverse_lazy("logged_out")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response


class PasswordChange(FormView):
    form_class = OwnPasswordForm
    template_name = "registration/password_change_form.html"
    success_url = reverse_lazy("home")

    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs) -> dict:
        expired = settings.PASSWORD_DAYS if password_rules.has_expired(self.request.user) else 0
        return super().get_context_data(expired=expired, **kwargs)

    def form_valid(self, form):
        update_session_auth_hash(self.request, form.user)
        logins.renew(self.request)
        messages.success(self.request, "密码已修改，下次请用新密码登录。")
        return super().form_valid(form)


@login_not_required
@never_cache
def session_state(request: HttpRequest) -> JsonResponse:
    """Who is logged in, for how much longer, and a fresh CSRF token. Asking counts as being there.

    While the second factor is wanting nobody is logged in yet.
    """
    inside = request.user.is_authenticated and not is_pending(request)
    return JsonResponse({
        "user": request.user.get_username() if inside else None,
        "seconds": session_seconds(request) if inside else 0,
        "csrf": get_token(request),
    })  # fmt: skip


@login_not_required
def admin_login(request: HttpRequest, extra_context=None) -> HttpResponse:
    """The admin has no log-in page of its own: one door, one lock-out."""
    if request.user.is_authenticated and request.user.is_staff:
        return redirect("admin:index")
    if request.user.is_authenticated:
        raise PermissionDenied("您的账号不能进入后台管理。需要时请联系系统管理员。")
    return redirect(f"{reverse('login')}?{request.GET.urlencode()}")
