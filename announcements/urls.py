from django.urls import path

from .views import acts, listing, readers, reading, writing

app_name = "announcements"

urlpatterns = [
    path("", listing.received, name="list"),
    path("issued/", listing.issued, name="issued"),
    path("new/", writing.New.as_view(), name="new"),
    path("new/autosave/", writing.AutosaveNew.as_view(), name="autosave_new"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/receipt/", reading.sign, name="receipt"),
    path("<int:pk>/edit/", writing.Edit.as_view(), name="edit"),
    path("<int:pk>/autosave/", writing.Autosave.as_view(), name="autosave"),
    path("<int:pk>/readers/", readers.readers, name="readers"),
    path("<int:pk>/acts/<slug:act>/", acts.AnnouncementAct.as_view(), name="act"),
]
