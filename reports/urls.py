from django.urls import path

from .views import awards, compilation, figures, leaders, monthly, review, snapshots, units, work

app_name = "reports"

urlpatterns = [
    path("review/", review.review_report_page, name="review"),
    path("units/", units.listing, name="units"),
    path("units/<int:pk>/", units.one, name="unit"),
    path("units/rows/<slug:key>/<slug:part>/", units.rows, name="unit_rows"),
    path("compilation/", compilation.compilation_page, name="compilation"),
    path("work-report/", work.work_report_page, name="work"),
    path("figures/", figures.overview, name="figures"),
    path("figures/rows/<slug:key>/<slug:place>/", figures.rows, name="figure_rows"),
    path("figures/charts/", figures.charts, name="figure_charts"),
    path("figures/heat/", figures.heat, name="figure_heat"),
    path("figures/bodies/", figures.bodies, name="figure_bodies"),
    path("figures/leaders/", leaders.page, name="figure_leaders"),
    path("figures/monthly/", monthly.page, name="monthly"),
    path("figures/years/", snapshots.listing, name="snapshots"),
    path("figures/years/<int:year>/", snapshots.one, name="snapshot"),
    path("figures/years/<int:year>/sign/", snapshots.sign, name="snapshot_sign"),
    path("figures/years/<int:year>/release/", snapshots.release, name="snapshot_release"),
    path("awards/", awards.selection, name="awards"),
    path("awards/<int:pk>/sheet/", awards.sheet, name="award_sheet"),
    path("awards/<int:pk>/paper/", awards.paper, name="award_paper"),
    path("awards/<int:pk>/<slug:name>/", awards.step, name="award_step"),
]
