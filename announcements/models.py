"""通知公告: what is announced, and to whom it was sent."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from members.models import Organization, Person
from members.periods import today
from workflow.models import RootCase

from .kinds import People, Priority
from .querysets import AnnouncementQuerySet, RecipientQuerySet
from .roles import Role, announcement_clauses
from .states import State

TITLE_MAX, BODY_MAX = 80, 20_000


class Announcement(RootCase):
    """Its text is written while it is a draft; once published it never changes."""

    process_name = "announcement"

    issuer = models.ForeignKey(Organization, verbose_name="发布单位", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="起草人", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("标题", max_length=TITLE_MAX, blank=True)
    body = models.TextField("正文", max_length=BODY_MAX, blank=True)
    priority = models.CharField("重要程度", max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    receipt_required = models.BooleanField("需要签收", default=False)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    for_everybody = models.BooleanField("发给所有人", default=False)
    people = models.JSONField("按身份", default=list, blank=True)
    organizations = models.ManyToManyField(Organization, verbose_name="按单位", blank=True, related_name="+")
    persons = models.ManyToManyField(Person, verbose_name="按姓名", blank=True, related_name="+")
    saved_at = models.DateTimeField("保存时间", default=timezone.now, editable=False)
    published_at = models.DateTimeField("发布时间", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True, editable=False)
    withdrawn_because = models.CharField("撤回原因", max_length=500, blank=True, editable=False)
    reminded_on = models.DateField("最近提醒", null=True, blank=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "通知公告"
        verbose_name_plural = "通知公告"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["issuer", "-id"], name="announcement_issuer")]

    def __str__(self) -> str:
        return self.title or "（还没有标题）"

    def get_absolute_url(self) -> str:
        return reverse("announcements:detail", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return announcement_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return State(self.state).label

    @property
    def is_over(self) -> bool:
        return self.expires_on is not None and self.expires_on < today()

    @property
    def people_labels(self) -> list[str]:
        return [People(kind).label for kind in self.people if kind in People.values]


class Recipient(models.Model):
    """One account to which an announcement was sent: that it was read, and signed for, is a fact with its time."""

    announcement = models.ForeignKey(
        Announcement, verbose_name="通知公告", on_delete=models.PROTECT, related_name="recipients"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="收件人", on_delete=models.PROTECT, related_name="announcements"
    )
    added_at = models.DateTimeField("送达时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = "收件情况"
        verbose_name_plural = "收件情况"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "user"], name="recipient_once"),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True) | models.Q(read_at__isnull=False),
                name="recipient_signs_what_was_read",
            ),
        ]
        indexes = [models.Index(fields=["user", "-id"], name="recipient_of")]

    def __str__(self) -> str:
        return f"{self.user}：{self.announcement}"
