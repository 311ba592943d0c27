from django.urls import path

from .views import acts, citizen, detail, issues, listing, similar, writing, year

app_name = "opinions"

urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", writing.New.as_view(), name="new"),
    path("new/autosave/", writing.AutosaveNew.as_view(), name="autosave_new"),
    path("similar/", similar.panel, name="similar"),
    path("issues/", issues.listing, name="issues"),
    path("issues/<int:pk>/paper/", issues.paper, name="issue_paper"),
    path("year/", year.page, name="year"),
    path("year.xlsx", year.export, name="year_xlsx"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/citizen/", citizen.reveal, name="citizen"),
    path("<int:pk>/edit/", writing.Edit.as_view(), name="edit"),
    path("<int:pk>/autosave/", writing.Autosave.as_view(), name="autosave"),
    path("<int:pk>/paper/", issues.proof, name="proof"),
    path("<int:pk>/acts/<slug:act>/", acts.ReportAct.as_view(), name="act"),
    path("transfers/<int:pk>/acts/<slug:act>/", acts.TransferActView.as_view(), name="transfer_act"),
]
