"""The inbox. Everybody sees their own messages only; somebody else's is 404."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, ListView

from . import inbox, preferences
from .forms import SettingsForm
from .models import Channel, Message
from .reminders import told


class Inbox(ListView):
    template_name = "notices/inbox.html"
    context_object_name = "inbox_messages"
    paginate_by = 20

    def get_queryset(self):
        return inbox.messages_of(self.request.user, self.unread_only)

    @property
    def unread_only(self) -> bool:
        return self.request.GET.get("unread") == "1"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(unread_only=self.unread_only, **kwargs)
        shown = inbox.with_places(self.request.user, context["inbox_messages"])
        newest = max((message.pk for message in shown), default=0)
        return {**context, "inbox_messages": shown, "newest": newest, **self._links()}

    def _links(self) -> dict:
        inbox_url = reverse("notices:inbox")
        tabs = [
            {"label": "全部", "href": inbox_url, "current": not self.unread_only},
            {"label": "只看未读", "href": f"{inbox_url}?unread=1", "current": self.unread_only},
        ]
        return {"tabs": tabs, "inbox_url": inbox_url, "settings_url": reverse("notices:settings")}


@require_safe
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read and go to what it is about; shown by itself where that is nothing, or out of reach by now."""
    message = get_object_or_404(Message.objects.of(request.user), pk=pk)
    inbox.mark_read(request.user, pk=pk)
    inbox.with_places(request.user, [message])
    if not message.is_closed and url_has_allowed_host_and_scheme(message.url, allowed_hosts=None):
        return redirect(message.url)
    return render(request, "notices/message.html", {"message": message, "lines": told.lines(request.user, message)})


@require_POST
def mark_one(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Message.objects.of(request.user), pk=pk)
    inbox.mark_read(request.user, pk=pk)
    return _back(request)


@require_POST
def mark_all(request: HttpRequest) -> HttpResponse:
    """All up to the newest message on the page; one that came in meanwhile stays unread."""
    newest = request.POST.get("newest", "")
    if newest.isdecimal() and len(newest) < 19:
        count = inbox.mark_read(request.user, up_to=int(newest))
        messages.success(request, f"已把 {count} 条消息标为已读。")
    return _back(request)


class Settings(FormView):
    template_name = "notices/settings.html"
    form_class = SettingsForm
    success_url = reverse_lazy("notices:settings")

    def get_initial(self):
        return {"email": preferences.wants(self.request.user)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(address=self.request.user.email, **kwargs)

    def form_valid(self, form):
        preferences.choose(self.request.user, Channel.EMAIL, form.cleaned_data["email"])
        messages.success(self.request, "已保存。")
        return super().form_valid(form)


def _back(request: HttpRequest) -> HttpResponse:
    unread = request.POST.get("unread") == "1"
    return redirect(reverse("notices:inbox") + ("?unread=1" if unread else ""))
