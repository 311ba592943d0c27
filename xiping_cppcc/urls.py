"""Every address of the portal, app by app."""

from django.contrib import admin
from django.urls import include, path

from xiping_cppcc import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("portal.urls")),
    path("", include("members.urls")),
    path("documents/", include("documents.urls")),
    path("deadlines/", include("deadlines.urls")),
    path("proposals/", include("proposals.urls")),
    path("reports/", include("reports.urls")),
    path("public/", include("proposals.public_urls")),
    path("exports/", include("exports.urls")),
    path("public/figures/", include("reports.public_urls")),
    path("inbox/", include("notices.urls")),
    path("announcements/", include("announcements.urls")),
    path("opinions/", include("opinions.urls")),
    path("consultations/", include("consultations.urls")),
    path("grassroots/", include("grassroots.urls")),
    path("public/consult/", include("grassroots.public_urls")),
    path("api/", include(("xiping_cppcc.api_urls", "api"))),
    path("admin/", admin.site.urls),
]
