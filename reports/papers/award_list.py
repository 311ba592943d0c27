"""表彰通报: 优秀提案 and 提案承办先进单位, as the 主席会议 decided, in official form with the list behind it."""

from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page
from proposals.awards import standing
from proposals.models import AwardNomination, AwardSelection

BODY = "政协西平县委员会"


def title(selection: AwardSelection) -> str:
    return f"关于表彰{selection.session.formal_name}优秀提案和提案承办先进单位的通报"


def write(selection: AwardSelection) -> bytes:
    """A .docx; without a decision the places for day and number are blanks to fill in."""
    chosen = list(standing(selection).filter(chosen=True).order_by("proposal__serial", "pk"))
    proposals = [one for one in chosen if one.proposal_id]
    units = [one for one in chosen if one.unit_id]
    paper = page.new_paper()
    page.title(paper, BODY)
    page.title(paper, title(selection))
    number = page.centred(page.line(paper, selection.document or "〔　　〕　　号"))
    number.paragraph_format.keep_with_next = True
    layout.addressee(paper, "各承办单位，各党派、团体，各界别委员，各委员组")
    layout.paragraph(paper, opening(selection, proposals, units))
    layout.paragraph(paper, "希望受到表彰的提案者和承办单位珍惜荣誉、再接再厉，继续提高提案质量和办理质量。")
    layout.paragraph(paper, "附件：优秀提案和提案承办先进单位名单")
    layout.signature(paper, BODY, selection.decided_on)
    layout.enclosure(paper, "优秀提案和提案承办先进单位名单")
    _names(paper, proposals, units)
    return page.content(paper)


def opening(selection: AwardSelection, proposals: list, units: list) -> str:
    parts = (
        [f"《{proposals[0]}》等{len(proposals)}件优秀提案" if len(proposals) > 1 else f"《{proposals[0]}》1件优秀提案"]
        if proposals
        else []
    )
    if units:
        parts.append(
            f"{units[0].unit.name}等{len(units)}个提案承办先进单位"
            if len(units) > 1
            else f"{units[0].unit.name}1个提案承办先进单位"
        )
    return f"{selection.session.formal_name}以来，提案者认真履职，承办单位扎实办理。经推荐、评分，并经主席会议{layout.dated(selection.decided_on)}研究，决定对{'、'.join(parts)}予以表彰。"


def _names(paper: Paper, proposals: list[AwardNomination], units: list[AwardNomination]) -> None:
    if proposals:
        layout.heading(paper, f"一、优秀提案（{len(proposals)}件）")
    for position, one in enumerate(proposals, start=1):
        layout.paragraph(
            paper,
            f"{position}．第{one.proposal.short_number}号《{one.proposal}》（{one.proposal.proposer_title}：{one.proposal.proposer_name}）",
        )
    if units:
        layout.heading(paper, f"{'二' if proposals else '一'}、提案承办先进单位（{len(units)}个）")
    for position, one in enumerate(units, start=1):
        layout.paragraph(paper, f"{position}．{one.unit.name}")
