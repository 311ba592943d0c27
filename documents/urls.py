from django.urls import path

from . import views

app_name = "documents"

urlpatterns = [
    path("", views.uploads_page, name="uploads"),
    path("<uuid:pk>/", views.File.as_view(), name="download"),
    path("<uuid:pk>/delete/", views.discard, name="discard"),
]
