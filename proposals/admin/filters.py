"""Filters of the lists of cases, in the words of the procedure."""

from members.models import Session, System
from members.periods import today
from proposals.kinds import CategorySystem
from proposals.models import Assignment, AwardNomination, Category
from proposals.publishing.waiting import waiting_for_publication
from proposals.states import AssignmentState, ProposalState
from workflow.admin import ChoiceFilter

# 已立案 falls into two queues: before and after the number is given.
TO_NUMBER, TO_ASSIGN = "to_number", "to_assign"
STAGES = {TO_NUMBER: "已立案，待编号", TO_ASSIGN: "已编号，待交办"}
OVERDUE, DUE_SOON = "overdue", "soon"


class SessionFilter(ChoiceFilter):
    title, parameter_name, column = "届次", "session", "session_id"

    def choices_of(self, request):
        return [(session.pk, str(session)) for session in Session.objects.select_related("term")]


class StateFilter(ChoiceFilter):
    title, parameter_name = "状态", "state"

    def choices_of(self, request):
        states = (s for s in ProposalState if s not in ProposalState.PRIVATE)
        for state in states:
            yield from STAGES.items() if state == ProposalState.FILED else [(state.value, state.label)]

    def narrow(self, queryset, value):
        if value in STAGES:
            return queryset.filter(state=ProposalState.FILED, serial__isnull=value == TO_NUMBER)
        return queryset.filter(state=value)


class CategoryFilter(ChoiceFilter):
    title, parameter_name, column = "类别", "category", "business_category_id"

    def choices_of(self, request):
        return Category.objects.filter(system=CategorySystem.BUSINESS).values_list("pk", "name")


class DueFilter(ChoiceFilter):
    title, parameter_name, fixed = "办理期限", "due", [(OVERDUE, "有单位逾期"), ("open", "办理中，未逾期")]

    def narrow(self, queryset, value):
        late = Assignment.objects.late(today()).order_by().values("proposal_id")
        if value == OVERDUE:
            return queryset.filter(pk__in=late)
        return queryset.filter(state=ProposalState.HANDLING).exclude(pk__in=late)


class ArchivedFilter(ChoiceFilter):
    title, parameter_name, fixed = "归档", "archived", [("yes", "已归档"), ("no", "已办结，未归档")]

    def narrow(self, queryset, value):
        closed = queryset.filter(state=ProposalState.CLOSED)
        return closed.filter(archived_at__isnull=value == "no")


class AwardFilter(ChoiceFilter):
    title, parameter_name, fixed = "优秀提案", "award", [("yes", "优秀提案"), ("nominated", "推荐中")]

    def narrow(self, queryset, value):
        if value == "yes":
            return queryset.filter(excellent_on__isnull=False)
        standing = AwardNomination.objects.filter(withdrawn_at__isnull=True, proposal__isnull=False)
        return queryset.filter(pk__in=standing.values("proposal_id"), excellent_on__isnull=True)


class PublicationFilter(ChoiceFilter):
    title, parameter_name, fixed = "公开", "publication", [("waiting", "已同意，待公开"), ("published", "公开中")]

    def narrow(self, queryset, value):
        if value == "published":
            return queryset.filter(published_at__isnull=False)
        return queryset.filter(pk__in=waiting_for_publication().values("pk"))


class ShareStateFilter(ChoiceFilter):
    title, parameter_name, fixed = "状态", "state", AssignmentState.choices


class ShareDueFilter(ChoiceFilter):
    title, parameter_name, fixed = "办理期限", "due", [(OVERDUE, "已逾期"), ("open", "未到期")]

    def narrow(self, queryset, value):
        if value == OVERDUE:
            return queryset.late(today())
        return queryset.open().filter(due_on__gte=today())


class ShareSessionFilter(SessionFilter):
    column = "proposal__session_id"


class SystemFilter(ChoiceFilter):
    title, parameter_name, column, fixed = "单位系统", "system", "unit__system", System.choices
