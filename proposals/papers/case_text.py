"""提案原文: the text of a case as a .docx (提案原件), and its earlier wordings."""

from django.utils import timezone

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Values

from .enclosed import numbered, text_of, write_text
from .material import Case
from .words import number, proposers


def content(filed) -> bytes:
    return original(filed.case)


def original(case: Case) -> bytes:
    return made(ORIGINAL, values(case))


def values(case: Case) -> Values:
    proposal = case.proposal
    called, situation, suggestions = text_of(proposal)
    return {
        "案由": str(proposal), "案号": number(proposal), "提案者称谓": called, "提案人": proposers(case),
        "类别": str(proposal.business_category or "未登记"), "情况分析": situation, "具体建议": suggestions,
    }  # fmt: skip


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    page.title(paper, values["案由"])
    page.line(paper)
    for label, name in (("案号", "案号"), (values["提案者称谓"], "提案人"), ("类别", "类别")):
        layout.item(paper, label, values[name])
    write_text(paper, values["情况分析"], values["具体建议"])
    return page.content(paper)


ORIGINAL = Kind("proposal_original", "提案原件", (
    Field("案由", "提案的题目", "关于加强校园周边交通管理的提案", required=True),
    Field("案号", "届次和案号；没有编号时为流水号", "县政协十一届四次会议第001号", required=True),
    Field("提案者称谓", "“提案人”或“提案单位”", "提案人"),
    Field("提案人", "全部署名", "周明远（第一提案人）、李素芬", required=True),
    Field("类别", "提案的业务类别", "教科文卫体"),
    Field("情况分析", "提案的情况分析，可有多段", "校门口上下学时段车流集中。\n家长接送车辆随意停放。", required=True),
    Field("具体建议", "提案的各条建议，每条一段", "1．在校门口设置限时停车位。\n2．上下学时段安排交警值守。", required=True),
), _write)  # fmt: skip
PAPERS = (ORIGINAL,)


def earlier(filed) -> bytes | None:
    """Every wording on file: as submitted, before polishing, before an amendment."""
    snapshots = list(filed.proposal.snapshots.order_by("at", "pk"))
    if not snapshots:
        return None
    paper = page.new_paper()
    page.title(paper, "历次文字")
    for one in snapshots:
        layout.heading(paper, f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}")
        layout.item(paper, "案由", one.title)
        write_text(paper, one.situation, numbered(enumerate(one.suggestions, start=1)))
    return page.content(paper)
