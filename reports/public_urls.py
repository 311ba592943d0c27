from django.urls import path

from .views import public

app_name = "public_figures"

urlpatterns = [path("", public.page, name="page")]
