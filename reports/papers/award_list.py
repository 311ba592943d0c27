"""表彰通报: 优秀提案 and 提案承办先进单位, as the 主席会议 decided, in official form with the list behind it."""

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import each, given
from proposals.awards import standing
from proposals.models import AwardNomination, AwardSelection

BODY = "政协西平县委员会"
TO = "各承办单位，各党派、团体，各界别委员，各委员组"
HOPE = "希望受到表彰的{}珍惜荣誉、再接再厉，继续提高提案质量和办理质量。"
GOOD, LEADING = "优秀提案", "提案承办先进单位"
ENCLOSURE = f"{GOOD}和{LEADING}名单"


def write(selection: AwardSelection) -> bytes:
    """A .docx; without a decision the places for day and number are blanks to fill in."""
    chosen = list(standing(selection).filter(chosen=True).order_by("proposal__serial", "pk"))
    proposals = [one for one in chosen if one.proposal_id]
    units = [one for one in chosen if one.unit_id]
    what, whom = _decided(proposals, units)
    return made(NOTICE, {
        "发文机关": BODY, "标题": f"关于表彰{selection.session.formal_name}{what}的通报", "文号": selection.document or "〔　　〕　　号", "主送": TO,
        "决定": opening(selection, proposals, units), "希望": HOPE.format(whom), "附件题目": f"{what}名单", "日期": layout.dated(selection.decided_on),
        "优秀提案标题": f"一、优秀提案（{len(proposals)}件）" if proposals else "", "优秀提案": _proposals(proposals),
        "先进单位标题": f"{'二' if proposals else '一'}、提案承办先进单位（{len(units)}个）" if units else "",
        "先进单位": [{"序号": str(n), "单位": one.unit.name} for n, one in enumerate(units, start=1)],
    })  # fmt: skip


def _decided(proposals: list, units: list) -> tuple[str, str]:
    """What is commended and whom that honours: only what was decided, as one of the two may be missing."""
    parts = [(GOOD, "提案者")] * bool(proposals) + [(LEADING, "承办单位")] * bool(units)
    return "和".join(what for what, _whom in parts), "和".join(whom for _what, whom in parts)


def _proposals(chosen: list[AwardNomination]) -> list[dict[str, str]]:
    return [
        {"序号": str(n), "案号": f"第{one.proposal.short_number}号", "案由": str(one.proposal),
         "提案者称谓": one.proposal.proposer_title, "提案者": one.proposal.proposer_name}
        for n, one in enumerate(chosen, start=1)
    ]  # fmt: skip


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


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to all)
    page.title(paper, values["发文机关"])
    page.title(paper, values["标题"])
    page.centred(page.line(paper, values["文号"])).paragraph_format.keep_with_next = True
    layout.addressee(paper, values["主送"])
    layout.paragraphs(paper, values["决定"])
    layout.paragraphs(paper, values["希望"])
    layout.enclosed_name(paper, values["附件题目"])
    layout.signature(paper, values["发文机关"], values["日期"])
    layout.enclosure(paper, values["附件题目"])
    for words in given(values["优秀提案标题"], put):
        layout.heading(paper, words)
    for row in each(values["优秀提案"], put):
        layout.paragraph(
            paper, f"{row['序号']}．{row['案号']}《{row['案由']}》（{row['提案者称谓']}：{row['提案者']}）"
        )
    for words in given(values["先进单位标题"], put):
        layout.heading(paper, words)
    for row in each(values["先进单位"], put):
        layout.paragraph(paper, f"{row['序号']}．{row['单位']}")
    return page.content(paper)


NOTICE = Kind("award_notice", "表彰通报", (
    Field("发文机关", "发文机关，也是落款", BODY, required=True),
    Field("标题", "通报的标题", "关于表彰政协西平县第十一届委员会第四次会议优秀提案和提案承办先进单位的通报", required=True),
    Field("文号", "决定文件的文号；决定前留空", "西政协〔2026〕12号", required=True),
    Field("主送", "主送的单位和人员", TO),
    Field("决定", "表彰的依据和决定，可有多段",
          "政协西平县第十一届委员会第四次会议以来，提案者认真履职，承办单位扎实办理。经推荐、评分，并经主席会议2026年12月20日研究，"
          "决定对《关于加强校园周边交通管理的提案》等2件优秀提案、县教育局1个提案承办先进单位予以表彰。", required=True),
    Field("希望", "对受表彰者的希望", HOPE.format("提案者和承办单位")),
    Field("附件题目", "名单的题目", ENCLOSURE),
    Field("日期", "决定的日期；决定前留空", "2026年12月20日", required=True),
    Field("优秀提案标题", "名单第一部分的标题；没有优秀提案时为空", "一、优秀提案（2件）"),
    Rows("优秀提案", "评出的优秀提案，按案号", "提案", (
        Field("序号", "从 1 起", "1"), Field("案号", "提案的案号", "第001号"), Field("案由", "提案的题目", "关于校车安全的提案"),
        Field("提案者称谓", "“提案人”或“提案单位”", "提案人"), Field("提案者", "第一提案人或集体名称", "周明远"),
    ), (
        ("1", "第001号", "关于加强校园周边交通管理的提案", "提案人", "周明远"),
        ("2", "第014号", "关于改善农村学校饮水条件的提案", "提案单位", "民盟西平支部"),
    ), required=True),
    Field("先进单位标题", "名单第二部分的标题；没有先进单位时为空", "二、提案承办先进单位（1个）"),
    Rows("先进单位", "评出的提案承办先进单位", "单位", (
        Field("序号", "从 1 起", "1"), Field("单位", "单位名称", "县教育局"),
    ), (("1", "县教育局"),), required=True),
), _write)  # fmt: skip
PAPERS = (NOTICE,)
