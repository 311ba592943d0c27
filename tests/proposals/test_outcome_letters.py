"""What the letters say, read back from the .docx."""

import io

import pytest
from docx import Document

from deadlines import book as books
from members.models import Organization
from proposals.acts import ProposalAct
from proposals.models import Cosignature, Proposal, RejectionReason
from proposals.papers import bundle, material, outcome, writing
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def letters(proposal) -> dict[str, list[str]]:
    """The lines of each letter of the case, blank ones left out."""
    [case] = material.read(Proposal.objects.filter(pk=proposal.pk))
    return {one.kind: lines(writing.content(one)) for one in outcome.letters(case, books.load())}


def lines(content: bytes) -> list[str]:
    return [text for one in Document(io.BytesIO(content)).paragraphs if (text := one.text.strip("\n "))]


def test_x(c, tmp_path):
    import pathlib

    out = pathlib.Path("/tmp/letters-out")
    out.mkdir(exist_ok=True)
    p = make.assigned(c, "lead")
    for k, l in letters(p).items():
        print(k, *l, sep="\n")
    main = p
    m = make.reviewed(c, title="关于治理学校门口乱停车、设置接送专用车位、错峰放学并对周边道路实行限时单行的提案")
    perform(ProposalAct.MERGE, m, c.head, {"into": main.pk, "reason": "内容相同"})
    r = make.cosigning(c)
    perform(ProposalAct.SUBMIT, r, c.author)
    perform(ProposalAct.PRE_REVIEW, r, c.reviewer, {"recommendation": "file", "business_category": c.business.pk})
    perform(
        ProposalAct.REJECT,
        r,
        c.head,
        {
            "rejection_reason": RejectionReason.objects.get(code="beyond").pk,
            "disposition": "suggestion",
            "disposition_unit": c.unit.pk,
            "reason": "事项属省级事权。",
        },
    )
    for x in (p, m, r):
        [case] = material.read(Proposal.objects.filter(pk=x.pk))
        for l in outcome.letters(case, books.load()):
            (out / bundle.file_name(l)).write_bytes(writing.content(l))
            print(bundle.file_name(l), *lines(writing.content(l)), sep="\n")
