from django.urls import path

from . import views

app_name = "reports"

urlpatterns = [path("review/", views.review_report_page, name="review")]
