from django.urls import path

from .citizen import OpinionCitizen
from .similar import Similar
from .views import Opinions, Transfers


def _acts(prefix: str, view) -> list:
    name = view.route
    base = f"{prefix}/<int:id>/transitions/"
    return [
        path(base, view.as_view({"get": "transitions"}), name=f"{name}-transitions"),
        path(f"{base}<slug:act>/", view.as_view({"post": "act"}), name=f"{name}-act"),
        path(f"{base}<slug:act>/choices/<slug:field>/", view.as_view({"get": "choices"}), name=f"{name}-choices"),
    ]


urlpatterns = [
    path("opinions/", Opinions.as_view({"get": "list", "post": "create"}), name="opinion-list"),
    path("opinions/changes/", Opinions.as_view({"get": "changes"}), name="opinion-changes"),
    path("opinions/similar/", Similar.as_view(), name="opinion-similar"),
    path("opinions/<int:id>/", Opinions.as_view({"get": "retrieve", "patch": "partial_update"}), name="opinion"),
    path("opinions/<int:id>/citizen/", OpinionCitizen.as_view(), name="opinion-citizen"),
    *_acts("opinions", Opinions),
    path("opinion-transfers/", Transfers.as_view({"get": "list"}), name="opinion-transfer-list"),
    path("opinion-transfers/changes/", Transfers.as_view({"get": "changes"}), name="opinion-transfer-changes"),
    path("opinion-transfers/<int:id>/", Transfers.as_view({"get": "retrieve"}), name="opinion-transfer"),
    *_acts("opinion-transfers", Transfers),
]
