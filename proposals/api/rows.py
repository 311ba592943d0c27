"""One row of a list, for each audience."""

from collections.abc import Iterable
from dataclasses import dataclass

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from deadlines.book import Book
from proposals.key_facts import is_key
from proposals.lists import Line, lines
from proposals.models import Assignment, ChangeRequest, Commitment, Cosignature, Lead, Proposal
from proposals.sections.acts import worth_listing
from proposals.sections.commitments import sign_of as promise_sign
from proposals.sections.reader import Reader
from proposals.sections.shares import sign_of
from proposals.states import TONES
from workflow.models import Case

from .readers import Audience, audience_of
from .shapes import ActNameSerializer, DueSerializer, NameSerializer, one_of

INSIDE = [str(audience) for audience in Audience if audience != Audience.PUBLIC]


class PublicRowSerializer(serializers.Serializer):
    """A published proposal as everybody may see it."""

    audience = one_of(Audience.PUBLIC.value)
    id = serializers.IntegerField(source="proposal.pk")
    number = serializers.CharField(source="proposal.number", help_text="案号全称，立案前为流水号")
    short_number = serializers.CharField(source="proposal.short_number")
    title = serializers.CharField(source="proposal.title", allow_blank=True, help_text="案由")
    kind = serializers.CharField(source="proposal.kind")
    kind_label = serializers.CharField(source="proposal.get_kind_display")
    session = serializers.CharField(source="proposal.session.__str__", help_text="届次")
    category = NameSerializer(source="proposal.business_category", allow_null=True)
    proposer = serializers.CharField(source="who", help_text="提案人，联名的写“某某等 n 人”")
    units = serializers.CharField(allow_blank=True, help_text="承办单位，以顿号分隔")
    state = serializers.CharField(source="proposal.state")
    state_label = serializers.CharField(source="proposal.get_state_display")
    tone = serializers.CharField(help_text="状态的色调：neutral、info、success、warning 或 danger")


class RowSerializer(PublicRowSerializer):
    """A proposal as those see it who have to do with it."""

    audience = one_of(*INSIDE)
    version = serializers.IntegerField(source="proposal.version")
    changed_at = serializers.DateTimeField(source="proposal.changed_at", help_text="最近变动")
    submitted_at = serializers.DateTimeField(source="proposal.submitted_at", allow_null=True)
    standing = serializers.CharField(source="standing.sentence", help_text="现在由谁办、何时前，一句话")
    due = DueSerializer(source="sign", allow_null=True)
    is_key = serializers.BooleanField(help_text="是不是重点提案")
    acts = ActNameSerializer(many=True)


PROPOSAL_ROWS = PolymorphicProxySerializer(
    "ProposalRow", [PublicRowSerializer, RowSerializer], resource_type_field_name=None, many=True
)


@dataclass(frozen=True)
class Row:
    """A line of the portal's list together with what its reader may do."""

    line: Line
    audience: Audience
    acts: list[dict]

    @property
    def is_key(self) -> bool:
        return is_key(self.line.proposal)

    def __getattr__(self, name: str):
        return getattr(self.line, name)


def proposal_rows(found: Iterable[Proposal], user, book: Book) -> list[dict]:
    """Rows that came from `for_list().with_cosigner_count()` and `with_roles_of(user)`."""
    return [_shown(line, user) for line in lines(found, book)]


def _shown(line: Line, user) -> dict:
    audience = audience_of(Reader.of(user, line.proposal))
    row = Row(line, audience, act_names(line.proposal, user))
    shape = PublicRowSerializer if audience == Audience.PUBLIC else RowSerializer
    return shape(row).data


def act_names(case: Case, user) -> list[dict]:
    """The acts of this user's roles in this state that make sense for the row; asks the database nothing."""
    rows = [option.transition for option in worth_listing(case, user)]
    return [{"act": str(row.act), "label": row.label, "danger": row.danger} for row in rows]


class BriefSerializer(serializers.Serializer):
    """The proposal to which an assignment or a co-signature belongs."""

    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    proposer = serializers.CharField(source="proposer_name")


class ChildRowSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="case.pk")
    version = serializers.IntegerField(source="case.version")
    proposal = BriefSerializer(source="case.proposal")
    state = serializers.CharField(source="case.state")
    state_label = serializers.CharField(source="case.get_state_display")
    tone = serializers.CharField()
    changed_at = serializers.DateTimeField(source="case.proposal.changed_at", help_text="所属提案的最近变动")
    acts = ActNameSerializer(many=True)


class AssignmentRowSerializer(ChildRowSerializer):
    unit = NameSerializer(source="case.unit")
    kind = serializers.CharField(source="case.kind")
    kind_label = serializers.CharField(source="case.get_kind_display", help_text="独办、主办、会办或分办")
    round = serializers.IntegerField(source="case.round", help_text="第几轮办理")
    assigned_at = serializers.DateTimeField(source="case.assigned_at")
    due = DueSerializer(allow_null=True)
    replied_at = serializers.DateTimeField(source="case.replied_at", allow_null=True)
    rating_due_on = serializers.DateField(source="case.rating_due_on", allow_null=True)


class CosignatureRowSerializer(ChildRowSerializer):
    person = NameSerializer(source="case.person")
    invited_at = serializers.DateTimeField(source="case.invited_at")
    answered_at = serializers.DateTimeField(source="case.answered_at", allow_null=True)
    comment = serializers.CharField(source="case.comment", allow_blank=True)
    closes_at = serializers.DateTimeField(source="case.proposal.cosigning_closes", allow_null=True)


class TextSerializer(serializers.Serializer):
    """A whole text of a proposal: empty for a request to withdraw."""

    title = serializers.CharField(required=False)
    situation = serializers.CharField(required=False)
    suggestions = serializers.ListField(child=serializers.CharField(), required=False)


class CosignerViewSerializer(serializers.Serializer):
    person = NameSerializer()
    agrees = serializers.BooleanField()
    comment = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class ChangeRequestRowSerializer(ChildRowSerializer):
    kind = serializers.CharField(source="case.kind", help_text="amend 修改文字、withdraw 撤案")
    kind_label = serializers.CharField(source="case.get_kind_display")
    reason = serializers.CharField(source="case.reason", help_text="申请理由")
    asked_by = serializers.CharField(source="case.asked_by.__str__")
    asked_at = serializers.DateTimeField(source="case.asked_at")
    replaced = TextSerializer(source="case.replaced", help_text="申请时的文字")
    proposed = TextSerializer(source="case.proposed", help_text="申请改成的文字")
    views = CosignerViewSerializer(source="case.views.all", many=True, help_text="联名人的意见")
    decided_at = serializers.DateTimeField(source="case.decided_at", allow_null=True)
    decision = serializers.CharField(source="case.decision", allow_blank=True, help_text="决定说明")


class LeadRowSerializer(serializers.Serializer):
    """A lead as members see it; whom it came from is the committee's to know."""

    id = serializers.IntegerField(source="case.pk")
    version = serializers.IntegerField(source="case.version")
    receipt = serializers.CharField(source="case.receipt", help_text="线索编号")
    title = serializers.CharField(source="case.__str__")
    description = serializers.CharField(help_text="给委员看的说明")
    place = serializers.CharField(source="case.place", allow_blank=True)
    category = NameSerializer(source="case.category", allow_null=True)
    state = serializers.CharField(source="case.state")
    state_label = serializers.CharField(source="case.get_state_display")
    tone = serializers.CharField()
    received_at = serializers.DateTimeField(source="case.received_at")
    drafts = serializers.ListField(child=serializers.IntegerField(), help_text="本人据此起草的提案的编号")
    acts = ActNameSerializer(many=True)


class CommitmentNoteSerializer(serializers.Serializer):
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display", help_text="进展、延期、报办结、退回或催办")
    on = serializers.DateField()
    text = serializers.CharField(allow_blank=True)
    old_due_on = serializers.DateField(allow_null=True)
    new_due_on = serializers.DateField(allow_null=True)


class CommitmentRowSerializer(ChildRowSerializer):
    measure = serializers.CharField(source="case.measure", allow_blank=True, help_text="承诺内容")
    owner = NameSerializer(source="case.owner", allow_null=True, help_text="责任单位")
    unit = NameSerializer(source="case.reply.assignment.unit", help_text="在答复中承诺的单位")
    assignment = serializers.IntegerField(source="case.reply.assignment_id", help_text="交办件的编号")
    due = DueSerializer(allow_null=True)
    due_on = serializers.DateField(source="case.due_on", allow_null=True)
    promised_on = serializers.DateField(source="case.promised_on", allow_null=True, help_text="原定期限")
    done_on = serializers.DateField(source="case.done_on", allow_null=True)
    result = serializers.CharField(source="case.result", allow_blank=True, help_text="办结情况")
    notes = CommitmentNoteSerializer(source="case.notes.all", many=True, help_text="落实记录，由早到晚")


def commitment_row(case: Commitment, user) -> dict:
    """A row of `for_list()` with its notes, read with roles."""
    return CommitmentRowSerializer({**_child(case, user), "due": promise_sign(case)}).data


def assignment_row(case: Assignment, user, book: Book) -> dict:
    """A row of `for_list()`, read with roles."""
    return AssignmentRowSerializer({**_child(case, user), "due": sign_of(case, book)}).data


def cosignature_row(case: Cosignature, user) -> dict:
    """A row of `for_list()`, read with roles."""
    return CosignatureRowSerializer(_child(case, user)).data


def change_request_row(case: ChangeRequest, user) -> dict:
    """A row of `for_list()`, read with roles."""
    return ChangeRequestRowSerializer(_child(case, user)).data


def lead_row(case: Lead, user) -> dict:
    """A row of `for_list()` with its uses, read with roles."""
    mine = [use.proposal_id for use in case.uses.all() if use.proposal.drafter_id == user.person_id]
    more = {"description": case.shown_description or case.description, "drafts": mine}
    return LeadRowSerializer({**_child(case, user), **more}).data


def _child(case: Case, user) -> dict:
    return {"case": case, "tone": TONES[case.state], "acts": act_names(case, user)}
