"""Pages anybody may read: help, the accessibility statement, the page after logging out."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView


@method_decorator(login_not_required, name="dispatch")
class OpenPage(TemplateView):
    """A template without data that needs no account."""
