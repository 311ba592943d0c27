from django.urls import path

from .views import asking, public

app_name = "consult"

urlpatterns = [
    path("", public.home, name="home"),
    path("venues/<int:pk>/", public.venue, name="venue"),
    path("bring/", asking.bring, name="bring"),
    path("ask/", asking.ask, name="ask"),
    path("matters/", public.listing, name="list"),
    path("matters/<int:pk>/", public.detail, name="detail"),
]
