from django.urls import path

from .api import Todo

urlpatterns = [path("me/todo/", Todo.as_view(), name="me-todo")]
