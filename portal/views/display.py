"""长辈版 and dark mode: a page of choices, and the same view behind the switches in the masthead."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from portal.answers import wants_json
from portal.display import DisplayForm, display_of, remember


@method_decorator(login_not_required, name="dispatch")
class DisplayView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        display = display_of(request)
        form = DisplayForm(initial={"size": display.size, "theme": display.theme})
        return render(request, "portal/display.html", {"form": form, "back": back(request.GET, request)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DisplayForm(request.POST)
        if not form.is_valid():
            return render(request, "portal/display.html", {"form": form}, status=400)
        script = wants_json(request)
        response = JsonResponse(form.cleaned_data) if script else redirect(back(request.POST, request))
        remember(response, form.cleaned_data)
        return response


def back(given, request: HttpRequest) -> str:
    """The page to return to: one of our own, else the display page itself."""
    target = given.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else request.path
