"""How the pages look for this person: 长辈版 and dark mode, kept in two cookies so that both work before log-in."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse

SIZES = {"normal": "标准版", "elder": "长辈版（大字、大按钮）"}
THEMES = {"auto": "跟随设备", "light": "浅色", "dark": "深色"}
COOKIES = {"size": "portal_size", "theme": "portal_theme"}
KEPT_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Display:
    size: str = "normal"
    theme: str = "auto"

    @property
    def elder(self) -> bool:
        return self.size == "elder"


class DisplayForm(forms.Form):
    """Any part may be missing: a switch in the masthead changes one thing only."""

    size = forms.ChoiceField(label="文字大小", choices=list(SIZES.items()), widget=forms.RadioSelect, required=False)
    theme = forms.ChoiceField(label="颜色", choices=list(THEMES.items()), widget=forms.RadioSelect, required=False)


def display_of(request: HttpRequest) -> Display:
    size = request.COOKIES.get(COOKIES["size"], "")
    theme = request.COOKIES.get(COOKIES["theme"], "")
    return Display(size if size in SIZES else "normal", theme if theme in THEMES else "auto")


def remember(response: HttpResponse, chosen: dict) -> None:
    for name, value in chosen.items():
        if value:
            response.set_cookie(
                COOKIES[name], value, max_age=KEPT_FOR, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
