from django.urls import path

from . import views
from .reminders import views as reminders

app_name = "notices"

urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("settings/", views.Settings.as_view(), name="settings"),
    path("coming/", reminders.coming, name="coming"),
    path("read/", views.mark_all, name="mark_all"),
    path("<int:pk>/", views.open_message, name="open"),
    path("<int:pk>/read/", views.mark_one, name="mark_one"),
]
