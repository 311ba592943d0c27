from django.urls import path

from .views import review, units

app_name = "reports"

urlpatterns = [
    path("review/", review.review_report_page, name="review"),
    path("units/", units.listing, name="units"),
    path("units/<int:pk>/", units.one, name="unit"),
    path("units/rows/<slug:key>/<slug:part>/", units.rows, name="unit_rows"),
]
