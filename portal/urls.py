from django.conf import settings
from django.urls import path

from portal.views import accounts, delegations, display, home, information, logins, second_factor, styleguide

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", accounts.Login.as_view(), name="login"),
    path("logout/", accounts.Logout.as_view(), name="logout"),
    path("logged-out/", information.OpenPage.as_view(template_name="registration/logged_out.html"), name="logged_out"),
    path("password/", accounts.PasswordChange.as_view(), name="password_change"),
    path("second-factor/", second_factor.second_factor_page, name="second_factor"),
    path("second-factor/setup/", second_factor.second_factor_setup, name="second_factor_setup"),
    path("logins/", logins.own_logins, name="logins"),
    path("logins/end/", logins.end, name="logins_end"),
    path("delegations/", delegations.Delegations.as_view(), name="delegations"),
    path("delegations/<int:pk>/revoke/", delegations.revoke, name="delegation_revoke"),
    path("session/", accounts.session_state, name="session"),
    path("display/", display.DisplayView.as_view(), name="display"),
    path("help/", information.OpenPage.as_view(template_name="portal/help.html"), name="help"),
    path(
        "accessibility/",
        information.OpenPage.as_view(template_name="portal/accessibility.html"),
        name="accessibility",
    ),
]

if settings.STYLEGUIDE:
    urlpatterns.append(path("styleguide/", styleguide.StyleGuide.as_view(), name="styleguide"))
