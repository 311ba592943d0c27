from django.urls import path

from .views import bringing, public

app_name = "public"

urlpatterns = [
    path("", public.listing, name="list"),
    path("leads/", bringing.bring, name="bring"),
    path("leads/ask/", bringing.ask, name="ask"),
    path("<int:pk>/", public.detail, name="detail"),
    path("<int:pk>/replies/<int:reply>/scan/", public.scan, name="scan"),
]
