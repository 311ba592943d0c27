"""What is fetched with proposals and assignments, and their named groups."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from members.models import Member
from members.periods import today
from workflow.querysets import CaseQuerySet

from .kinds import AssignmentKind, MergeAnswer
from .lead_states import LeadState
from .states import AssignmentState, ChangeRequestState, CosignatureState, ExtensionState, ProposalState


def _shares_in_hand(rows, path: str) -> Prefetch:
    """The shares not taken back, in order, as `current_assignments` of the proposal at the end of the path."""
    return Prefetch(path, rows.select_related("unit").order_by("position", "pk"), to_attr="current_assignments")


class ProposalQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related(
            "session__term", "first_proposer", "organization", "merged_into", "business_category"
        )

    def with_key(self):
        """For lists; an act asks for what its own guard needs. `key_status`, `key_year`: the 重点提案 entry that stands, None without one; `is_supervised`: there are records."""
        entries = self.model._meta.get_field("key_entries").related_model.objects.standing()
        mine = entries.filter(proposal=OuterRef("pk")).newest_first()
        records = self.model._meta.get_field("supervisions").related_model.objects.valid()
        return self.annotate(
            key_status=Subquery(mine.values("status")[:1]), key_year=Subquery(mine.values("year")[:1]),
            is_supervised=Exists(records.filter(proposal=OuterRef("pk"))),
        )  # fmt: skip

    def for_list(self):
        """All that a row of a list shows, in a fixed number of queries."""
        assignment = self.model._meta.get_field("assignments").related_model
        handling = assignment.objects.current().with_check()
        rows = self.for_acting().with_key().with_awaited()
        return rows.prefetch_related(_shares_in_hand(handling, "assignments"))

    def for_detail(self):
        """A merged case also says where the main one stands."""
        handling = self.model._meta.get_field("assignments").related_model.objects.current().with_check()
        rows = self.for_list().select_related("overall_category", "merged_into__session__term", "confirmed_by")
        main = _shares_in_hand(handling, "merged_into__assignments")
        return rows.prefetch_related("suggestions", "suggested_units", main)

    def for_page(self):
        """The case page names besides who decided, entered or split it."""
        return self.for_detail().select_related(
            "disposition_unit", "rejection_reason", "entered_by__person", "split_from"
        )

    def for_desk(self):
        """What the desk of the review shows of the open case."""
        more = ("overall_category", "merged_into__session__term", "split_from", "disposition_unit", "rejection_reason")
        return self.for_acting().received().select_related(*more).prefetch_related("suggestions", "suggested_units")

    def with_awaited(self):
        """`is_awaited`: somebody invited to co-sign has not answered yet."""
        cosignature = self.model._meta.get_field("cosignatures").related_model
        return self.annotate(is_awaited=Exists(cosignature.objects.open().filter(proposal=OuterRef("pk"))))

    # --- named populations ---
    def received(self):
        """收到: whatever has a receipt number (design §6)."""
        return self.filter(receipt_number__isnull=False)

    def filed(self):
        return self.filter(state__in=ProposalState.FILED_ON)

    def pending(self):
        return self.filter(state__in=ProposalState.PENDING)

    def asked_about_merge(self):
        """Merged, and the main case not yet handed out: the merge can still be undone."""
        return self.filter(state=ProposalState.MERGED, merged_into__state=ProposalState.FILED)

    def objected(self):
        """Merged against the word of the proposer."""
        return self.asked_about_merge().filter(merge_answer=MergeAnswer.OBJECT)

    def overdue_changes(self, day):
        """Sent back for change, and not submitted again by the day that was set."""
        return self.filter(state=ProposalState.RETURNED, change_due_on__lt=day)

    def of_session(self, session):
        return self.filter(session=session)

    def with_cosigner_count(self):
        """What a line shows besides: how many co-signed, and what the case is called where it is published."""
        cosignature = self.model._meta.get_field("cosignatures").related_model
        agreed = (
            cosignature._base_manager.filter(proposal_id=OuterRef("pk"), state=CosignatureState.AGREED)
            .order_by()
            .values("proposal_id")
            .annotate(n=Count("pk"))
            .values("n")
        )
        kept = self.model._meta.get_field("publications").related_model.objects.current()
        title = Subquery(kept.filter(proposal_id=OuterRef("pk")).values("title")[:1])
        return self.annotate(cosigner_count=Subquery(agreed), published_title=title)


class AssignmentQuerySet(CaseQuerySet):
    def for_acting(self):
        rows = self.select_related("unit", "proposal__session__term", "proposal__first_proposer")
        return rows.with_extension().with_demands()

    def with_extension(self):
        """`open_extension`: the request of the unit that waits for its decision; `was_extended`: one was granted."""
        extension = self.model._meta.get_field("extensions").related_model
        mine = extension._base_manager.filter(assignment=OuterRef("pk"))
        return self.annotate(
            open_extension=Subquery(mine.filter(state=ExtensionState.PENDING).values("pk")[:1]),
            was_extended=Exists(mine.filter(state=ExtensionState.GRANTED)),
        )

    def with_demands(self):
        """`is_asked_to_report`: a demand of a supervision or a 批示 is not answered yet."""
        demands = self.model._meta.get_field("demands").related_model.objects.open()
        return self.annotate(is_asked_to_report=Exists(demands.filter(assignment=OuterRef("pk"))))

    def for_list(self):
        return self.for_acting().select_related("proposal__organization")

    def for_detail(self):
        """All that the case page shows of a share, but for the ratings: `blind.with_ratings`."""
        replies = self.model._meta.get_field("replies").related_model._base_manager
        answers = replies.model._meta.get_field("answers").related_model._base_manager.select_related("suggestion")
        rows = self.select_related("unit", "return_suggestion", "lead__unit").with_extension().with_demands()
        return rows.prefetch_related(
            "contacts",
            Prefetch("replies", replies.order_by("round").select_related("scan").prefetch_related(
                Prefetch("answers", answers.order_by("reply", "suggestion__position")), "commitments__owner", "supplements",
            )),
        )  # fmt: skip

    def with_check(self):
        """`is_checked`: the dispatch office has let the present round's reply pass."""
        replies = self.model._meta.get_field("replies").related_model._base_manager
        passed = replies.filter(assignment=OuterRef("pk"), round=OuterRef("round"), checked_at__isnull=False)
        return self.annotate(is_checked=Exists(passed))

    def current(self):
        return self.exclude(state=AssignmentState.RECALLED)

    def open(self):
        return self.filter(state__in=AssignmentState.OPEN)

    def answering(self):
        """Those that answer the proposer: 独办, 主办, 分办."""
        return self.filter(kind__in=AssignmentKind.ANSWERING)

    def unanswered(self):
        return self.answering().current().exclude(state=AssignmentState.REPLIED)

    def late(self, day):
        """Open ones whose reply was due before that day."""
        return self.open().filter(due_on__lt=day)


class ChangeRequestQuerySet(CaseQuerySet):
    def for_acting(self):
        """The proposal with what its own acts need; a granted request moves it."""
        return self.select_related(
            "proposal__session__term", "proposal__first_proposer", "proposal__organization", "proposal__business_category",
            "asked_by__person",
        )  # fmt: skip

    def for_list(self):
        return self.for_acting().select_related("decided_by__person").prefetch_related("views__person")

    def open(self):
        return self.filter(state=ChangeRequestState.PENDING)


class ExtensionQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related(
            "proposal__session__term", "proposal__first_proposer", "proposal__organization", "assignment__unit",
            "asked_by__person",
        )  # fmt: skip

    def for_list(self):
        return self.for_acting().select_related("decided_by__person")

    def open(self):
        return self.filter(state=ExtensionState.PENDING)


class LeadQuerySet(CaseQuerySet):
    def for_list(self):
        return self.select_related("category", "collection__session__term", "contributor__person")

    def for_members(self):
        return self.filter(state__in=LeadState.FOR_MEMBERS)

    def matching(self, text: str):
        """Every word in the title or the text that members are shown."""
        words = (Q(shown_title__contains=word) | Q(shown_description__contains=word) for word in text.split()[:5])
        return self.filter(*words)


class CosignatureQuerySet(CaseQuerySet):
    def for_acting(self):
        rows = self.select_related("proposal__session__term", "proposal__first_proposer", "person")
        return rows.with_seat()

    def with_seat(self):
        """`has_seat`: the person is a member in office today."""
        return self.annotate(has_seat=Exists(Member.objects.in_office(today()).filter(person=OuterRef("person"))))

    def agreed(self):
        return self.filter(state=CosignatureState.AGREED)

    def open(self):
        return self.filter(state=CosignatureState.INVITED)

    def standing(self):
        return self.filter(Q(state__in=CosignatureState.STANDING))
