from django.urls import path

from . import accounts, me, reference

urlpatterns = [
    path("auth/login/", accounts.Login.as_view(), name="auth-login"),
    path("auth/logout/", accounts.Logout.as_view(), name="auth-logout"),
    path("auth/password/", accounts.Password.as_view(), name="auth-password"),
    path("auth/tokens/", accounts.Devices.as_view({"get": "list"}), name="auth-tokens"),
    path("auth/tokens/<uuid:id>/", accounts.Devices.as_view({"delete": "destroy"}), name="auth-token"),
    path("me/", me.Me.as_view(), name="me"),
    path("sessions/", reference.Sessions.as_view({"get": "list"}), name="sessions"),
    path("units/", reference.Units.as_view({"get": "list"}), name="units"),
]
