from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from workflow.querysets import CaseQuerySet

from .kinds import Priority
from .states import State


def words_in(text: str, path: str = "") -> Q:
    """Every word in the title or the text."""
    found = Q()
    for word in text.replace("\x00", "").split()[:5]:
        found &= Q(**{f"{path}title__icontains": word}) | Q(**{f"{path}body__icontains": word})
    return found


class AnnouncementQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related("issuer", "author__person")

    def for_list(self):
        return self.for_acting()

    def matching(self, text: str):
        return self.filter(words_in(text))

    def with_counts(self):
        """`told`, `read_by_now` and `signed_by_now`: how many were told, have read, have signed for it."""
        rows = self.model._meta.get_field("recipients").related_model._base_manager
        return self.annotate(
            told=_count(rows),
            read_by_now=_count(rows.filter(read_at__isnull=False)),
            signed_by_now=_count(rows.filter(signed_at__isnull=False)),
        )


def _count(rows):
    mine = rows.filter(announcement=OuterRef("pk")).order_by().values("announcement")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


class RecipientQuerySet(QuerySet):
    """Who was told of what."""

    def of(self, user):
        return self.filter(user=user)

    def pending(self):
        """Who still owes it attention: a signature where one is asked for, else the reading."""
        owes = Q(announcement__receipt_required=True, signed_at__isnull=True)
        return self.filter(owes | Q(announcement__receipt_required=False, read_at__isnull=True))

    def to_remind(self, sender):
        """Whom a reminder of this person's would reach."""
        return self.pending().filter(user__is_active=True).exclude(user_id=sender)

    def to_notice(self):
        """What the home page shows: important and unread, or not signed for."""
        pressing = Q(announcement__priority__in=(Priority.IMPORTANT, Priority.URGENT), read_at__isnull=True)
        return self.filter(pressing | Q(announcement__receipt_required=True, signed_at__isnull=True))

    def live(self, day):
        """Of announcements that are published and not past their date."""
        still = Q(announcement__expires_on__isnull=True) | Q(announcement__expires_on__gte=day)
        return self.filter(still, announcement__state=State.PUBLISHED)

    def unread_first(self):
        unread = Case(When(read_at=None, announcement__state=State.PUBLISHED, then=0), default=1)
        return self.order_by(unread, "-announcement__published_at", "-pk")
