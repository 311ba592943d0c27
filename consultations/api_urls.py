from django.urls import path

from .api.views import Ideas, Opinions, Outcomes, Plans, Recommendations, Topics


def routes(segment: str, view, **listing):
    """The six addresses of a kind of case: list, what changed, one, its acts, doing one, the choices of a field."""
    name, one = view.route, f"{segment}/<int:id>/"
    return [
        path(f"{segment}/changes/", view.as_view({"get": "changes"}), name=f"{name}-changes"),
        path(f"{segment}/", view.as_view({"get": "list", **listing}), name=f"{name}-list"),
        path(one, view.as_view({"get": "retrieve"}), name=name),
        path(f"{one}transitions/", view.as_view({"get": "transitions"}), name=f"{name}-transitions"),
        path(f"{one}transitions/<slug:act>/", view.as_view({"post": "act"}), name=f"{name}-act"),
        path(
            f"{one}transitions/<slug:act>/choices/<slug:field>/",
            view.as_view({"get": "choices"}),
            name=f"{name}-choices",
        ),
    ]


urlpatterns = [
    *routes("consultation-plans", Plans),
    *routes("topic-ideas", Ideas, post="create"),
    *routes("topics", Topics),
    path("topics/<int:id>/opinion/", Topics.as_view({"put": "opinion"}), name="topic-opinion"),
    *routes("consultation-opinions", Opinions),
    *routes("outcomes", Outcomes),
    *routes("recommendations", Recommendations),
]
