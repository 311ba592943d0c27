from django.urls import path

from .views import public

app_name = "public"

urlpatterns = [
    path("", public.listing, name="list"),
    path("<int:pk>/", public.detail, name="detail"),
]
