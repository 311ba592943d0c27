from django.urls import path

from .api import Exports

urlpatterns = [path("exports/", Exports.as_view({"get": "list", "post": "create"}), name="exports")]
