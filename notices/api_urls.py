from django.urls import path

from .api import Inbox

urlpatterns = [
    path("me/inbox/", Inbox.as_view({"get": "list"}), name="me-inbox"),
    path("me/inbox/unread/", Inbox.as_view({"get": "unread"}), name="me-inbox-unread"),
    path("me/inbox/read/", Inbox.as_view({"post": "read_all"}), name="me-inbox-read"),
    path("me/inbox/<int:id>/read/", Inbox.as_view({"post": "read_one"}), name="me-inbox-read-one"),
]
