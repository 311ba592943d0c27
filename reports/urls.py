from django.urls import path

from .views import awards, review, units

app_name = "reports"

urlpatterns = [
    path("review/", review.review_report_page, name="review"),
    path("units/", units.listing, name="units"),
    path("units/<int:pk>/", units.one, name="unit"),
    path("units/rows/<slug:key>/<slug:part>/", units.rows, name="unit_rows"),
    path("awards/", awards.selection, name="awards"),
    path("awards/<int:pk>/sheet/", awards.sheet, name="award_sheet"),
    path("awards/<int:pk>/paper/", awards.paper, name="award_paper"),
    path("awards/<int:pk>/<slug:name>/", awards.step, name="award_step"),
]
