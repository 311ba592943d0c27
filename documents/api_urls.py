from django.urls import path

from .api import Attachments

urlpatterns = [
    path("attachments/", Attachments.as_view({"get": "list", "post": "create"}), name="attachments"),
    path(
        "attachments/<uuid:id>/",
        Attachments.as_view({"get": "retrieve", "delete": "destroy"}),
        name="attachment",
    ),
    path("attachments/<uuid:id>/file/", Attachments.as_view({"get": "download"}), name="attachment-file"),
]
