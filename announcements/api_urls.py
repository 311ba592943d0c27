from django.urls import path

from .api import Announcements

urlpatterns = [
    path("announcements/", Announcements.as_view({"get": "list"}), name="announcement-list"),
    path("announcements/<int:id>/", Announcements.as_view({"get": "retrieve"}), name="announcement"),
    path("announcements/<int:id>/read/", Announcements.as_view({"post": "read"}), name="announcement-read"),
    path("announcements/<int:id>/receipt/", Announcements.as_view({"post": "receipt"}), name="announcement-receipt"),
    path(
        "announcements/<int:id>/transitions/",
        Announcements.as_view({"get": "transitions"}),
        name="announcement-transitions",
    ),
    path(
        "announcements/<int:id>/transitions/<slug:act>/",
        Announcements.as_view({"post": "act"}),
        name="announcement-act",
    ),
    path(
        "announcements/<int:id>/transitions/<slug:act>/choices/<slug:field>/",
        Announcements.as_view({"get": "choices"}),
        name="announcement-choices",
    ),
]
