from django.urls import path

from .views import acts, bringing, contact, detail, figures, listing, papers, similar

app_name = "grassroots"

urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", bringing.bring, name="bring"),
    path("venues/", listing.venues, name="venues"),
    path("figures/", figures.overview, name="figures"),
    path("figures.xlsx", figures.export, name="figures_xlsx"),
    path("figures/rows/<slug:key>/", figures.rows, name="rows"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/similar/", similar.similar, name="similar"),
    path("<int:pk>/contact/", contact.reveal, name="contact"),
    path("<int:pk>/minutes.docx", papers.minutes, name="minutes"),
    path("<int:pk>/acts/<slug:act>/", acts.MatterAct.as_view(), name="act"),
]
