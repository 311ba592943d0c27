from django.urls import path

from .views import asking, jobs

app_name = "exports"
urlpatterns = [
    path("", jobs.own_list, name="jobs"),
    path("of/<slug:key>/", asking.ask, name="ask"),
    path("<uuid:pk>/", jobs.detail, name="job"),
    path("<uuid:pk>/cancel/", jobs.cancel, name="cancel"),
    path("<uuid:pk>/file/", jobs.file, name="file"),
]
