from django.db import models
from django.urls import reverse

from consultations.querysets import OpinionQuerySet
from consultations.roles import Role, opinion_clauses
from consultations.states import OpinionState
from members.models import Person
from workflow.models import Case

from .topic import Topic

TEXT_MAX, HEADING_MAX = 3000, 40


class Opinion(Case):
    """What a member says on a topic: a draft of the author's alone until it is submitted."""

    process_name = "consult_opinion"
    parent_field = "topic"

    topic = models.ForeignKey(Topic, verbose_name="协商议题", on_delete=models.PROTECT, related_name="opinions")
    person = models.ForeignKey(Person, verbose_name="委员", on_delete=models.PROTECT, related_name="+")
    text = models.TextField("意见建议", max_length=TEXT_MAX, blank=True)
    heading = models.CharField("归类", max_length=HEADING_MAX, blank=True)
    saved_at = models.DateTimeField("保存时间")
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "委员意见"
        verbose_name_plural = "委员意见"
        ordering = ["topic", "pk"]
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="opinion_of_a_person")]

    def __str__(self) -> str:
        return f"对“{self.topic}”的意见"

    def get_absolute_url(self) -> str:
        return reverse("consultations:opinion", args=[self.topic_id])

    @classmethod
    def role_clauses(cls, user):
        return opinion_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return OpinionState(self.state).label

    @property
    def number(self) -> str:
        return self.topic.number
