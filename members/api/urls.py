from django.urls import path

from . import accounts, directory, me, profile, reference

urlpatterns = [
    path("auth/login/", accounts.Login.as_view(), name="auth-login"),
    path("auth/logout/", accounts.Logout.as_view(), name="auth-logout"),
    path("auth/password/", accounts.Password.as_view(), name="auth-password"),
    path("auth/tokens/", accounts.Devices.as_view({"get": "list"}), name="auth-tokens"),
    path("auth/tokens/<uuid:id>/", accounts.Devices.as_view({"delete": "destroy"}), name="auth-token"),
    path("me/", me.Me.as_view(), name="me"),
    path("me/profile/", profile.Profile.as_view(), name="me-profile"),
    path("me/privacy/", profile.Privacy.as_view(), name="me-privacy"),
    path("directory/", directory.Directory.as_view({"get": "list"}), name="directory"),
    path("directory/<int:id>/phone/", directory.Directory.as_view({"post": "phone"}), name="directory-phone"),
    path("sessions/", reference.Sessions.as_view({"get": "list"}), name="sessions"),
    path("units/", reference.Units.as_view({"get": "list"}), name="units"),
]
