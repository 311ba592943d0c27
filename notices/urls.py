from django.urls import path

from . import views
from .feed import views as feed
from .reminders import views as reminders

app_name = "notices"

urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("settings/", views.Settings.as_view(), name="settings"),
    path("calendar/", feed.page, name="calendar"),
    path("calendar/create/", feed.create, name="calendar_create"),
    path("calendar/revoke/", feed.revoke, name="calendar_revoke"),
    path("calendar/<str:token>.ics", feed.feed, name="feed"),
    path("settings/test/", views.try_channel, name="try"),
    path("sent/", views.Sent.as_view(), name="sent"),
    path("coming/", reminders.coming, name="coming"),
    path("read/", views.mark_all, name="mark_all"),
    path("<int:pk>/", views.open_message, name="open"),
    path("<int:pk>/read/", views.mark_one, name="mark_one"),
]
