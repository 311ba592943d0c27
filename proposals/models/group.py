"""审查小组: who looks at which categories in the review of proposals (domain §2.1)."""

from django.db import models

from members.models import Person, Session
from workflow.history import tracked

from .category import Category


@tracked()
class ReviewGroup(models.Model):
    """A group of reviewers, standing or for one session. What no group takes falls to the one that takes the rest."""

    name = models.CharField("组名", max_length=40)
    session = models.ForeignKey(
        Session, verbose_name="届次", null=True, blank=True, on_delete=models.PROTECT, related_name="review_groups",
        help_text="留空为常设小组。某次会议另设了小组的，那次会议只用另设的。",
    )  # fmt: skip
    takes_rest = models.BooleanField(
        "收没有分组的类别", default=False, help_text="没有类别、或类别没有分给任何小组的提案归这个小组。"
    )
    order = models.PositiveIntegerField("排序", default=0)
    active = models.BooleanField("使用中", default=True)

    class Meta:
        verbose_name = "审查小组"
        verbose_name_plural = "审查小组"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "session"], name="review_group_unique",
                violation_error_message="这个届次已有同名小组。",
            ),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(session__isnull=True), name="standing_group_unique",
                violation_error_message="已有同名的常设小组。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


@tracked()
class GroupCategory(models.Model):
    """A business category that a group reviews."""

    group = models.ForeignKey(ReviewGroup, verbose_name="审查小组", on_delete=models.CASCADE, related_name="categories")
    category = models.ForeignKey(
        Category, verbose_name="类别", on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"system": "business"},
    )  # fmt: skip

    class Meta:
        verbose_name = "小组的类别"
        verbose_name_plural = "小组的类别"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "category"], name="group_category_once",
                violation_error_message="这个类别已经在小组里。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.group}：{self.category}"


@tracked()
class GroupReviewer(models.Model):
    """A person who reviews for a group."""

    group = models.ForeignKey(ReviewGroup, verbose_name="审查小组", on_delete=models.CASCADE, related_name="reviewers")
    person = models.ForeignKey(Person, verbose_name="审查员", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "小组的审查员"
        verbose_name_plural = "小组的审查员"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], name="group_reviewer_once",
                violation_error_message="这位审查员已经在小组里。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.group}：{self.person}"
