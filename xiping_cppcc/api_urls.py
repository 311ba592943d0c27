"""Every address of the API, app by app; the document of it all at the end."""

from django.urls import include, path

from xiping_cppcc.api.document import Document

v1 = [
    path("", include("members.api.urls")),
    path("", include("notices.api_urls")),
    path("", include("exports.api_urls")),
    path("", include("portal.api_urls")),
    path("", include("proposals.api.urls")),
    path("", include("announcements.api_urls")),
    path("", include("opinions.api.urls")),
    path("", include("consultations.api_urls")),
    path("", include("grassroots.api_urls")),
    path("", include("documents.api_urls")),
    path("openapi.json", Document.as_view(), name="openapi"),
]

urlpatterns = [path("v1/", include(v1))]
