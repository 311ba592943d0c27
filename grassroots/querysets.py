from django.db.models import Exists, OuterRef, Q, QuerySet

from members.models import Appointment, Post
from members.periods import today
from workflow.querysets import CaseQuerySet

from .kinds import Progress
from .states import State


class VenueQuerySet(QuerySet):
    def for_list(self):
        return self.select_related("organization", "township", "upper__organization")

    def open(self, day=None):
        """Those that exist on that day, today without one."""
        day = day or today()
        org = "organization__"
        return self.filter(
            Q(**{f"{org}ends__isnull": True}) | Q(**{f"{org}ends__gte": day}), **{f"{org}starts__lte": day}
        )

    def with_host(self):
        """Those with a host in office today: somebody looks at what comes in."""
        heads = Appointment.objects.on(today()).filter(post=Post.HEAD, organization=OuterRef("organization"))
        return self.filter(Exists(heads))

    def taking(self):
        """Those to which matters can be brought now."""
        return self.open().with_host().filter(takes_matters=True)

    def kept_by(self, bodies: list[int]):
        return self.filter(organization__in=bodies)

    def under(self, bodies: list[int]):
        """The rooms of these organizations and all below them."""
        return self.filter(
            Q(organization__in=bodies) | Q(upper__organization__in=bodies) | Q(upper__upper__organization__in=bodies)
        )


class MatterQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related("venue__organization", "venue__upper__organization")

    def for_list(self):
        return self.for_acting().select_related("venue__township")

    def for_page(self):
        return self.for_list().select_related("brought_by__person", "entered_by__person")

    def matching(self, text: str):
        """Every word in the number, or in the title or the text as they are shown.

        The room's wording stands for the citizen's: whoever reads only that must not find out by guessing what was left out.
        """
        found = self
        for word in text.replace("\x00", "").split()[:5]:
            found = found.filter(
                Q(receipt__icontains=word) | Q(public_title__icontains=word) | Q(public_text__icontains=word)
                | Q(public_title="", title__icontains=word) | Q(public_text="", text__icontains=word)
            )  # fmt: skip
        return found

    def open(self):
        return self.filter(state__in=State.OPEN)

    def late(self, day):
        return self.open().filter(due_on__lt=day)


class ConsensusQuerySet(QuerySet):
    def running(self):
        return self.filter(progress=Progress.RUNNING)

    def with_is_reported(self):
        """Each with `is_reported`, for lists that do not read the reports themselves."""
        notes = self.model._meta.get_field("notes").related_model._base_manager
        return self.annotate(is_reported=Exists(notes.filter(item=OuterRef("pk"))))
