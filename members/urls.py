from django.urls import path

from .views import directory, privacy, profile

app_name = "members"

urlpatterns = [
    path("me/", profile.own_profile, name="profile"),
    path("me/correct/", profile.correct_profile, name="correct"),
    path("me/data/", profile.take_copy, name="copy"),
    path("privacy/", privacy.notice, name="privacy"),
    path("privacy/agree/", privacy.agree, name="agree"),
    path("privacy/withdraw/", privacy.withdraw, name="withdraw"),
    path("privacy/<slug:version>/", privacy.notice, name="privacy_version"),
    path("directory/", directory.people, name="directory"),
    path("directory/<int:pk>/phone/", directory.phone, name="phone"),
]
