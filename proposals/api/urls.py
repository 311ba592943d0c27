from django.urls import path

from .assignments import Assignments
from .change_requests import ChangeRequests
from .commitments import Commitments
from .cosignatures import Cosignatures
from .extensions import Extensions
from .key import KeyProposals
from .leads import Leads
from .proposals import Proposals
from .reference import Categories, RejectionReasons
from .similar import Similar


def case_paths(prefix: str, view, detail: dict, collection: dict) -> list:
    """The addresses that every case has."""
    name = view.route
    return [
        path(f"{prefix}/", view.as_view(collection), name=f"{name}-list"),
        path(f"{prefix}/<int:id>/", view.as_view(detail), name=name),
        path(f"{prefix}/<int:id>/transitions/", view.as_view({"get": "transitions"}), name=f"{name}-transitions"),
        path(f"{prefix}/<int:id>/transitions/<slug:act>/", view.as_view({"post": "act"}), name=f"{name}-act"),
        path(
            f"{prefix}/<int:id>/transitions/<slug:act>/choices/<slug:field>/",
            view.as_view({"get": "choices"}),
            name=f"{name}-choices",
        ),
    ]


urlpatterns = [
    path("proposals/changes/", Proposals.as_view({"get": "changes"}), name="proposal-changes"),
    *case_paths(
        "proposals", Proposals, {"get": "retrieve", "patch": "partial_update"}, {"get": "list", "post": "create"}
    ),
    path("proposals/key/", KeyProposals.as_view({"get": "list"}), name="proposal-key"),
    path("proposals/similar/", Similar.as_view(), name="proposal-similar"),
    path("proposals/<int:id>/autosave/", Proposals.as_view({"patch": "autosave"}), name="proposal-autosave"),
    path("assignments/changes/", Assignments.as_view({"get": "changes"}), name="assignment-changes"),
    *case_paths("assignments", Assignments, {"get": "retrieve"}, {"get": "list"}),
    path(
        "assignments/<int:id>/reply/",
        Assignments.as_view({"get": "reply", "put": "save_reply"}),
        name="assignment-reply",
    ),
    *case_paths("cosignatures", Cosignatures, {"get": "retrieve"}, {"get": "list"}),
    *case_paths("change-requests", ChangeRequests, {"get": "retrieve"}, {"get": "list"}),
    *case_paths("extensions", Extensions, {"get": "retrieve"}, {"get": "list"}),
    *case_paths("leads", Leads, {"get": "retrieve"}, {"get": "list"}),
    *case_paths("commitments", Commitments, {"get": "retrieve"}, {"get": "list"}),
    path("categories/", Categories.as_view({"get": "list"}), name="categories"),
    path("rejection-reasons/", RejectionReasons.as_view({"get": "list"}), name="rejection-reasons"),
]
