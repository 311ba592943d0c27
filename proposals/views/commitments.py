"""承诺事项: the list across years, one commitment with its record, the pages of its acts, urging many, 回头看."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from documents.kinds import KINDS
from documents.models import Attachment
from members.models import Organization
from members.posts import posts_of
from proposals import paper_exports, urging
from proposals.acts import CommitmentAct
from proposals.commitment_rows import CommitmentQuerySet
from proposals.commitment_states import CommitmentState
from proposals.effects.commitments import FILES
from proposals.forms.commitments import OVERDUE, CommitmentFilter
from proposals.models import Commitment, Proposal
from proposals.papers import tracking
from proposals.sections import commitments as section
from proposals.states import TONES
from workflow import batch
from workflow.batch import MOST, chosen
from workflow.errors import NotAllowed, NotFound
from workflow.querysets import read_case
from workflow.views import refusal_page

from . import files
from .acts import CaseActView
from .crumbs import crumbs_under
from .late import duty_tabs
from .letters import as_file

PER_PAGE = 50
FIRST_YEAR = 1949
REPORT = "promise_report"
DOCX, XLSX = KINDS[".docx"].content_type, KINDS[".xlsx"].content_type
ORDER = (F("due_on").asc(nulls_last=True), "pk")


@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    asked = request.GET.copy()
    asked.pop("page", None)
    asked.pop("mark", None)
    found, listed = population(user, asked)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    report = request.session.pop(REPORT, None)
    context = {
        "filter": found, "page": page, "lines": section.lines(page.object_list), "params": asked, "report": report,
        "applied": applied(found, asked), "first": ("unit", "due", "year"), "may_urge": urging.may_urge(user),
        "back": asked.urlencode(), "is_all_marked": request.GET.get("mark") == "page",
        "duty_tabs": duty_tabs("commitments") if urging.watches(user) else [], "tabs": tabs(asked), "years": found.filters["year"].extra["choices"], "units": register_units(user), "most": MOST,
        "open_state": CommitmentState.OPEN, "crumbs": crumbs_under("承诺事项"),
    }  # fmt: skip
    return render(request, "proposals/commitments/list.html", context)


def population(user, asked) -> tuple[CommitmentFilter, CommitmentQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    rows = Commitment.objects.visible_to(user).with_roles_of(user)
    found = CommitmentFilter(asked, queryset=rows, choices=choices(user))
    return found, (found.qs if found.is_valid() else rows.none()).for_list().order_by(*ORDER)


def choices(user) -> dict:
    """The units and years of what this user sees. Two queries."""
    seen = Commitment.objects.visible_to(user).made().order_by()
    owners = Q(pk__in=seen.values("owner_id")) | Q(pk__in=seen.values("reply__assignment__unit_id"))
    units = Organization.objects.filter(owners).order_by("pinyin", "pk")
    sent = seen.filter(reply__sent_at__isnull=False).values_list("reply__sent_at__year")
    years = [year for year, _count in sent.annotate(count=Count("pk"))]
    return {
        "unit": [(str(unit.pk), str(unit)) for unit in units],
        "year": [(str(year), f"{year}年") for year in sorted(years, reverse=True)],
    }


def tabs(asked) -> list[dict]:
    now = asked.get("due", "")
    rest = {name: asked[name] for name in ("unit", "year", "system") if asked.get(name)}
    named = [("", "全部"), ("live", "未办结"), (OVERDUE, "已逾期"), ("month", "本月到期")]
    return [
        {"label": label, "href": f"?{urlencode({**rest, **({'due': due} if due else {})})}", "current": now == due}
        for due, label in named
    ]


def applied(found: CommitmentFilter, asked) -> list[tuple[str, str]]:
    chips = []
    for bound in found.form.visible_fields():
        value = asked.get(bound.name, "")
        if value and bound.name != "due" and not bound.errors:
            rest = asked.copy()
            rest.pop(bound.name)
            chips.append((f"{bound.label}：{dict(bound.field.choices).get(value, value)}", f"?{rest.urlencode()}"))
    return chips


@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen(request.user, pk)
    if row is None:
        return refusal_page(request, NotFound(), **_to_list())
    case_is_seen = Proposal.objects.visible_to(request.user).filter(pk=row.proposal_id).exists()
    context = {
        "row": row, "tone": TONES[row.state], "sign": section.sign_of(row), "record": section.record(row),
        "buttons": section.buttons(row, request.user), "case_is_seen": case_is_seen, "files": files_of(row),
        "crumbs": [*crumbs_under("")[:2], ("承诺事项", reverse("proposals:commitments")), (row.proposal.short_number, "")],
    }  # fmt: skip
    return render(request, "proposals/commitments/detail.html", context)


def seen(user, pk: int) -> Commitment | None:
    return read_case(Commitment, pk, user, rows="for_list")


def files_of(row: Commitment) -> list[dict]:
    return [files.entry(file) for file in Attachment.objects.of(FILES, row.pk)]


def _to_list() -> dict:
    return {"back_href": reverse("proposals:commitments"), "back_label": "返回承诺事项"}


class CommitmentActView(CaseActView):
    """The promise and its record above the form; whoever is to keep it may not see the case itself."""

    process_name = "commitment"
    list_url = "proposals:commitments"
    template_name = "proposals/commitments/act.html"

    def next_url(self, case, act: str) -> str:
        return case.get_absolute_url() if seen(self.request.user, case.pk) else reverse(self.list_url)

    def around(self, case, row) -> dict:
        return {
            "promise": case, "root": case, "back_label": "返回承诺事项", "sign": section.sign_of(case), "record": section.record(case), "files": files_of(case),
            "crumbs": [*crumbs_under("")[:2], ("承诺事项", reverse("proposals:commitments")), (row.label, "")],
        }  # fmt: skip


# --- urging many ---


@require_POST
def urge_many(request: HttpRequest) -> HttpResponse:
    """The ticked rows, or with `all` every row of the filter that is still to be kept. One result for each."""
    user, back = request.user, f"{reverse('proposals:commitments')}?{request.POST.get('back', '')}"
    if not urging.may_urge(user):
        return refusal_page(request, NotAllowed("催办由提案委和交办机构办理。", "如需催办，请联系提案委。"))
    marks = request.POST.getlist("rows") if "all" not in request.POST else all_marks(request)
    if not marks:
        messages.warning(request, "还没有勾选要催办的承诺事项。请先勾选，再点“催办”。")
        return redirect(back)
    rows = Commitment.objects.for_acting().visible_to(user).with_roles_of(user).order_by(*ORDER)
    results, _invalid = batch.carry_out(CommitmentAct.URGE, rows, chosen(marks), user, request.POST)
    request.session[REPORT] = report_of(results)
    return redirect(back)


def all_marks(request: HttpRequest) -> list[str]:
    asked, user = QueryDict(request.POST.get("back", "")), request.user
    rows = Commitment.objects.visible_to(user).filter(state=CommitmentState.OPEN)
    found = CommitmentFilter(asked, queryset=rows, request=request, choices=choices(user))
    return [str(pk) for pk in found.qs.order_by(*ORDER).values_list("pk", flat=True)[:MOST]] if found.is_valid() else []


def report_of(results) -> dict:
    lines = [
        {"pk": one.pk, "text": _text(one.case) if one.case else f"编号 {one.pk}", "why": one.why} for one in results
    ]
    done, failed = [line for line in lines if not line["why"]], [line for line in lines if line["why"]]
    told = f"催办：成功 {len(done)} 项" + (f"，没有办成 {len(failed)} 项" if failed else "")
    return {"title": told, "done": done, "failed": failed}


def _text(row: Commitment) -> str:
    return f"{row.proposal.short_number} {row.owner or row.reply.assignment.unit}：{row.measure}"


# --- 回头看 ---


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """B类答复件办理落实情况登记表 of one unit and year; `file` says in which form."""
    given = request.GET
    unit = Organization.objects.units().filter(pk__in=chosen([given.get("unit", "")])).first()
    year = given.get("year", "")
    if unit is None or not _is_year(year):
        messages.warning(request, "请先选好单位和年度，再下载登记表。")
        return redirect("proposals:commitments")
    if not may_take(request.user, unit):
        return refusal_page(
            request, NotAllowed("登记表供本单位、提案委和交办机构下载。", "如有需要，请联系提案委。"), **_to_list()
        )
    found = tracking.register(request.user, unit, int(year))
    form = "xlsx" if given.get("file") == "xlsx" else "docx"
    paper_exports.note(request.user, f"{found.title}（{unit}{year}）", count=max(len(found.rows), 1))
    name = f"{found.title}_{unit.name}_{year}.{form}"
    return (
        as_file(tracking.as_xlsx(found), name, XLSX) if form == "xlsx" else as_file(tracking.as_docx(found), name, DOCX)
    )


def _is_year(given: str) -> bool:
    return given.isascii() and given.isdecimal() and len(given) == 4 and int(given) >= FIRST_YEAR


def may_take(user, unit: Organization) -> bool:
    return urging.watches(user) or unit.pk in _own_units(user)


def _own_units(user):
    return posts_of(user).organizations("operator", "unit_leader", kind="unit")


def register_units(user) -> list[tuple[str, str]]:
    """The units that answered with promises and whose register this user may take; at most one query."""
    units, watches = Organization.objects.units(), urging.watches(user)
    if not watches and not _own_units(user):
        return []
    answered = Commitment.objects.visible_to(user).made().order_by().values("reply__assignment__unit_id")
    units = units if watches else units.filter(pk__in=_own_units(user))
    return [(str(unit.pk), str(unit)) for unit in units.filter(pk__in=answered).order_by("pinyin", "pk")]
