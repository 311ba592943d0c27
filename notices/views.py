"""The inbox. Everybody sees their own messages only; somebody else's is 404."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, ListView

from . import inbox, sent, trying
from .channels import sms
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

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        own = {"address": self.request.user.email, "number": sms.address_of(self.request.user)}
        tries = [(name, Channel(name).label) for name in trying.channels_for(self.request.user)]
        return super().get_context_data(**own, tries=tries, sent_url=reverse("notices:sent"), **kwargs)

    def form_valid(self, form):
        form.save()
        messages.success(self.request, "已保存。")
        return super().form_valid(form)


@require_POST
def try_channel(request: HttpRequest) -> HttpResponse:
    """Send oneself a message; the answer is the log, where its outcome will stand."""
    if refusal := trying.send(request.user, request.POST.get("channel", "")):
        messages.error(request, refusal)
    else:
        messages.success(request, "测试消息已交给系统发送。结果见下面第一行，过几秒点“刷新”可看最新情况。")
    return redirect("notices:sent")


class Sent(ListView):
    """What went out to the person."""

    template_name = "notices/sent.html"
    context_object_name = "deliveries"
    paginate_by = 20

    def get_queryset(self):
        return sent.deliveries_of(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        links = {"sent_url": reverse("notices:sent"), "settings_url": reverse("notices:settings")}
        return {**context, "deliveries": sent.with_words(context["deliveries"]), **links}


def _back(request: HttpRequest) -> HttpResponse:
    unread = request.POST.get("unread") == "1"
    return redirect(reverse("notices:inbox") + ("?unread=1" if unread else ""))
