"""评优: the page of a session's selection with its steps, a judge's sheet, the printed list."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.kinds import KINDS
from members.models import Organization, Session
from members.periods import today
from members.posts import posts_of
from proposals import awards, paper_exports
from proposals.models import AwardNomination, AwardSelection, AwardStage, Proposal
from reports.assessment import figures, population, scoring
from reports.assessment.period import of_session
from reports.forms import DecisionForm, JudgeForm, NominateUnitForm
from reports.papers import award_list
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.views import refusal_page

OFFICE, HEAD = ("head", "staff"), ("head",)
CLOSED = NotAllowed("评优由提案委办理。", "如需了解结果，请看公布的名单。")


@require_http_methods(["GET", "HEAD", "POST"])
def selection(request: HttpRequest) -> HttpResponse:
    """GET: a session's selection. POST: begin it."""
    posts = posts_of(request.user)
    if not posts.in_proposal_committee("head", "staff", "reviewer"):
        return refusal_page(request, CLOSED)
    sessions = list(Session.objects.select_related("term"))
    given = request.POST if request.method == "POST" else request.GET
    usual = sessions[0] if sessions and (request.method != "POST" or "session" not in given) else None
    session = next((one for one in sessions if one.code == given.get("session")), usual)
    if session is None:
        return refusal_page(request, NotFound())
    if request.method == "POST":
        if not posts.in_proposal_committee(*OFFICE):
            return refusal_page(request, CLOSED)
        awards.open_selection(session)
        return redirect(_address(session))
    row = AwardSelection.objects.filter(session=session).first()
    context = {"session": session, "sessions": sessions, "crumbs": _crumbs(("评优", "")), "selection": row}
    context["acts"] = posts.in_proposal_committee(*OFFICE)
    return render(request, "reports/awards.html", context | (_context(request, row, session) if row else {}))


def _context(request: HttpRequest, row: AwardSelection, session: Session, **forms) -> dict:
    row.session = session
    posts = posts_of(request.user)
    acts, decides = posts.in_proposal_committee(*OFFICE), posts.in_proposal_committee(*HEAD)
    seen = set(
        Proposal.objects.visible_to(request.user).filter(nominations__selection=row).values_list("pk", flat=True)
    )
    points = awards.averages(row)
    lines = [_line(one, points, one.proposal_id in seen) for one in awards.standing(row)]
    lines.sort(key=lambda line: -line["average"] if line["average"] is not None else 0)
    judges = list(row.judges.select_related("person"))
    collecting, open_to_decide = (
        row.stage == AwardStage.NOMINATING,
        row.stage in (AwardStage.SCORED, AwardStage.DECIDED),
    )
    return {
        "acts": acts, "decides": decides, "stage": row.stage, "Stage": AwardStage.names,
        "proposals": [line for line in lines if line["row"].proposal_id],
        "units": [line for line in lines if line["row"].unit_id], "judges": judges,
        "sent": sum(1 for judge in judges if judge.sent_at), "scored": bool(points),
        "mine": next((judge for judge in judges if judge.person_id == request.user.person_id), None),
        "unit_form": forms.get("unit_form") or (NominateUnitForm(ranked=_ranked(session)) if acts and collecting else None),
        "judge_form": forms.get("judge_form") or (JudgeForm() if acts and collecting else None),
        "decision_form": forms.get("decision_form") or (
            DecisionForm(initial={"on": row.decided_on, "document": row.document}) if decides and open_to_decide else None
        ),
    }  # fmt: skip


def _line(one: AwardNomination, points: dict, is_open: bool) -> dict:
    average, count = points.get(one.pk, (None, 0))
    return {"row": one, "average": average, "count": count, "url": one.proposal.get_absolute_url() if is_open else ""}


def _ranked(session: Session) -> list[int]:
    """Units that may be put forward: those with a rank in the assessment (n ≥ 5)."""
    found = figures.results(population.shares(of_session(session), today()))
    units = Organization.objects.units().in_bulk(list(found))
    lines = scoring.lines(units, found, scoring.weights_for(session.opens.year))
    return [line.unit.pk for line in lines if line.rank]


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One act of the committee on the selection."""
    row = AwardSelection.objects.select_related("session__term").filter(pk=pk).first()
    known = STEPS.get(name)
    posts = posts_of(request.user)
    if not posts.in_proposal_committee("head", "staff", "reviewer"):
        return refusal_page(request, CLOSED)
    if row is None or known is None:
        return refusal_page(request, NotFound())
    who, act = known
    if not posts.in_proposal_committee(*who):
        return refusal_page(
            request, NotAllowed("这一步由提案委负责人办理。", "请联系提案委负责人。"), back_href=_address(row.session)
        )
    try:
        answer = act(request, row)
    except Refused as refused:
        messages.warning(request, f"{refused.sentence}{refused.next_step}")
        return redirect(_address(row.session))
    if isinstance(answer, HttpResponse):
        return answer
    messages.success(request, answer)
    return redirect(_address(row.session))


def _nominate(request: HttpRequest, row: AwardSelection):
    form = NominateUnitForm(request.POST, ranked=_ranked(row.session))
    if not form.is_valid():
        return _again(request, row, unit_form=form)
    data = form.cleaned_data
    awards.nominate_unit(row, data["unit"], data["nominator"], data["reason"], request.user)
    return f"{data['unit']}已列入推荐名单。"


def _withdraw(request: HttpRequest, row: AwardSelection) -> str:
    one = row.nominations.filter(pk=_number(request, "nomination"), unit__isnull=False).select_related("unit").first()
    if one is None:
        raise Refused("没有找到这条推荐。", "请刷新页面后再试。")
    awards.withdraw_unit(row, one)
    return f"{one.unit}已从推荐名单撤下。"


def _judge(request: HttpRequest, row: AwardSelection):
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _again(request, row, judge_form=form)
    awards.name_judge(row, form.cleaned_data["person"])
    return f"{form.cleaned_data['person']}已列为评委。"


def _dismiss(request: HttpRequest, row: AwardSelection) -> str:
    awards.dismiss_judge(row, _number(request, "judge"))
    return "评委名单已更新。"


def _begin(request: HttpRequest, row: AwardSelection) -> str:
    awards.begin_scoring(row)
    return "评分已开始，请评委打开“评分表”打分。推荐名单和评委名单不能再改。"


def _end(request: HttpRequest, row: AwardSelection) -> str:
    awards.close_scoring(row)
    return "评分已结束，平均分已算出，请提请主席会议决定。"


def _decide(request: HttpRequest, row: AwardSelection):
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _again(request, row, decision_form=form)
    chosen = [int(one) for one in request.POST.getlist("chosen") if one.isascii() and one.isdecimal() and len(one) < 10]
    awards.decide(row, chosen, form.cleaned_data["on"], form.cleaned_data["document"])
    return "主席会议的决定已登记。核对名单后点“公布”。"


def _publish(request: HttpRequest, row: AwardSelection) -> str:
    count = awards.publish(row, request.user)
    return f"已公布。{count} 件优秀提案的提案人收到了通知。"


STEPS: dict[str, tuple[tuple[str, ...], Callable]] = {
    "unit": (OFFICE, _nominate), "withdraw": (OFFICE, _withdraw), "judge": (OFFICE, _judge), "dismiss": (OFFICE, _dismiss),
    "begin": (OFFICE, _begin), "end": (OFFICE, _end), "decide": (HEAD, _decide), "publish": (HEAD, _publish),
}  # fmt: skip


def _again(request: HttpRequest, row: AwardSelection, **forms) -> HttpResponse:
    """The page with what was filled in and why it was refused."""
    sessions = list(Session.objects.select_related("term"))
    base = {"session": row.session, "sessions": sessions, "crumbs": _crumbs(("评优", "")), "selection": row}
    context = base | _context(request, row, row.session, **forms) | {"form": next(iter(forms.values()))}
    return render(request, "reports/awards.html", context, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A judge's own sheet; nobody else's points are on it."""
    row = AwardSelection.objects.select_related("session__term").filter(pk=pk).first()
    try:
        if row is None or row.stage == AwardStage.NOMINATING:
            raise NotFound
        judge = awards.judge_of(row, request.user)
    except Refused as refused:
        return refusal_page(request, refused)
    judge.selection, refusal = row, None
    if request.method == "POST":
        try:
            awards.hand_in(judge, request.user, _points(request))
            messages.success(request, "评分表已交，谢谢。")
            return redirect("reports:award_sheet", pk=pk)
        except Refused as refused:
            refusal = refused
    return render(request, "reports/award_sheet.html", {
        "selection": row, "judge": judge, "lines": _sheet_lines(judge, request), "refusal": refusal,
        "may_score": row.stage == AwardStage.SCORING and judge.sent_at is None, "crumbs": _crumbs(("评分表", "")),
    }, status=400 if refusal else 200)  # fmt: skip


def _sheet_lines(judge, request: HttpRequest) -> list[dict]:
    given = dict(judge.scores.values_list("nomination_id", "points"))
    return [
        {
            "row": one, "value": request.POST.get(f"points_{one.pk}", given.get(one.pk, "")),
            "url": one.proposal.get_absolute_url() if one.proposal_id else "",
        }
        for one in awards.sheet(judge, request.user)
    ]  # fmt: skip


def _points(request: HttpRequest) -> dict[int, int]:
    """What was filled in as whole numbers; the rest counts as missing."""
    found = {}
    for name, value in request.POST.items():
        pk, text = name.removeprefix("points_"), value.strip()
        if name.startswith("points_") and all(
            one.isascii() and one.isdecimal() and len(one) < 10 for one in (pk, text)
        ):
            found[int(pk)] = int(text)
    return found


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """通报 with the list, once the decision is recorded."""
    if not posts_of(request.user).in_proposal_committee("head", "staff", "reviewer"):
        return refusal_page(request, CLOSED)
    row = AwardSelection.objects.select_related("session__term").filter(pk=pk).first()
    if row is None:
        return refusal_page(request, NotFound())
    if row.decided_on is None:
        late = Refused("主席会议的决定还没有登记。", "请先登记决定，再打印通报。")
        return refusal_page(request, late, back_href=_address(row.session))
    if not awards.standing(row).filter(chosen=True).exists():
        gone = Refused("评出的都已经撤销，没有可以通报的。", "请在评优页面核对。")
        return refusal_page(request, gone, back_href=_address(row.session))
    paper_exports.note(request.user, f"表彰通报（{row.session}）")
    response = HttpResponse(award_list.write(row), content_type=KINDS[".docx"].content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{row.session}表彰通报.docx")
    response["Cache-Control"] = "private, no-store"
    return response


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def _address(session: Session) -> str:
    return f"{reverse('reports:awards')}?session={session.code}"


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("首页", reverse("home")), ("提案", reverse("proposals:list")), *more]
