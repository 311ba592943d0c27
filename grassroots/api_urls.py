from django.urls import path

from .api import Matters, Venues

urlpatterns = [
    path("venues/", Venues.as_view({"get": "list"}), name="venue-list"),
    path("venues/<int:id>/", Venues.as_view({"get": "retrieve"}), name="venue"),
    path("matters/", Matters.as_view({"get": "list", "post": "create"}), name="matter-list"),
    path("matters/changes/", Matters.as_view({"get": "changes"}), name="matter-changes"),
    path("matters/<int:id>/", Matters.as_view({"get": "retrieve"}), name="matter"),
    path("matters/<int:id>/transitions/", Matters.as_view({"get": "transitions"}), name="matter-transitions"),
    path("matters/<int:id>/transitions/<slug:act>/", Matters.as_view({"post": "act"}), name="matter-act"),
    path(
        "matters/<int:id>/transitions/<slug:act>/choices/<slug:field>/",
        Matters.as_view({"get": "choices"}),
        name="matter-choices",
    ),
]
