"""公开: a matter's text as the public reads it, and the looks at a citizen's telephone number."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from members.models import CitizenLook

from .matter import Matter


class Release(models.Model):
    """As it was released, with what must not be read left out. A newer one takes the place of the last."""

    matter = models.ForeignKey(Matter, verbose_name="议题", on_delete=models.PROTECT, related_name="releases")
    title = models.CharField("标题", max_length=60)
    text = models.TextField("情况")
    findings = models.TextField("调研情况", blank=True)
    not_agreed = models.TextField("未达成一致的事项", blank=True)
    items = models.JSONField("共识要点", default=list)
    answer = models.TextField("反馈", blank=True)
    redactions = models.JSONField("遮去", default=dict)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="公开人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField("公开时间")
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_because = models.CharField("撤下原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "公开的议题"
        verbose_name_plural = "公开的议题"
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(withdrawn_at__isnull=True), name="release_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ContactView(CitizenLook):
    """Who looked at a citizen's whole name and number, and when."""

    matter = models.ForeignKey(Matter, verbose_name="议题", on_delete=models.PROTECT, related_name="contact_views")

    class Meta(CitizenLook.Meta):
        verbose_name = "群众联系方式查看记录"
        verbose_name_plural = "群众联系方式查看记录"

    def __str__(self) -> str:
        return f"{self.user}：{self.matter.receipt}"
