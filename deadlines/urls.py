from django.urls import path

from deadlines import views

app_name = "deadlines"

urlpatterns = [
    path("explain/", views.explain_page, name="explain"),
]
