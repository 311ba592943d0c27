"""导出: which columns, for whom, how many rows; then the file, or for many rows a job that makes it."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exports import files, jobs, limits, lists, making, records, remembering, workers
from exports.audiences import Audience
from exports.forms import ExportForm
from exports.lists import Listing, Unread
from exports.making import Order
from exports.models.record import Step
from workflow.errors import Refused
from workflow.views import refusal_page

from .jobs import as_file

LEFT_OUT = ("page", "page_size", "mark", "back")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest, key: str) -> HttpResponse:
    try:
        listing = lists.named(key)
        return _answer(request, listing)
    except Refused as refused:
        return refusal_page(request, refused, **_way_back(request))


def _answer(request: HttpRequest, listing: Listing) -> HttpResponse:
    user, asked, audiences = request.user, question(request.GET), listing.audiences(request.user)
    populations = listing.populations(user, asked)
    columns = listing.columns_for(populations[audiences[0]], audiences[0])
    start = remembering.start(user, listing, columns, audiences)
    form = ExportForm(request.POST or None, initial=start, columns=columns, audiences=audiences)
    if form.is_bound and form.is_valid():
        return _begin(request, listing, asked, form.cleaned_data)
    found, counts = populations[audiences[0]], _counts(populations)
    context = {
        "form": form, "listing": listing, "title": found.title or listing.label, "words": found.words,
        "counts": counts, "at_once": limits.AT_ONCE, "warning": _warning(counts), **_way_back(request),
        "crumbs": [("首页", reverse("home")), (found.title or listing.label, _back_of(request)), ("导出", "")],
    }  # fmt: skip
    return render(request, "exports/ask.html", context, status=400 if form.errors else 200)


def question(given: QueryDict) -> QueryDict:
    """The filter of the list without what only the page of it needs."""
    asked = given.copy()
    for name in LEFT_OUT:
        asked.pop(name, None)
    return asked


def question_of(query: str) -> QueryDict:
    """The same of an address's query as text; nonsense in it asks for nothing."""
    return question(QueryDict(query))


def _counts(populations: dict) -> list[tuple[str, int]]:
    """How many rows each file would hold; 内部 and 承办单位 hold the same. None where that is only known when it is made."""
    if any(isinstance(one.rows, Unread) for one in populations.values()):
        return []
    full = next((one for one in populations if one != Audience.PUBLIC), None)
    counted = {one: populations[one].rows.count() for one in (full, Audience.PUBLIC) if one in populations}
    return [(one.label, counted[Audience.PUBLIC if one == Audience.PUBLIC else full]) for one in populations]


def _warning(counts: list[tuple[str, int]]) -> str:
    """That nobody works in the background, where the file would be made there or may be."""
    return "" if counts and counts[0][1] <= limits.AT_ONCE else workers.warning()


def _begin(request: HttpRequest, listing: Listing, asked: QueryDict, data: dict) -> HttpResponse:
    user = request.user
    order = Order(listing.key, asked.urlencode(), data["audience"], tuple(data["columns"]), data["purpose"])
    listing, found, columns = order.listed(user)
    remembering.keep(user, listing, data["columns"], data["audience"])
    total = found.rows.count()
    if not total:
        messages.warning(request, "这个使用范围里没有符合条件的行，没有导出。请换一个使用范围，或返回列表调整筛选。")
        return redirect(request.get_full_path())
    if total <= limits.AT_ONCE:
        return _at_once(user, order, order.record(listing, found, columns))
    job = begin_job(user, order)
    return redirect(job)


def begin_job(user, order: Order):
    """The job that makes a large list. Raises Refused for too many of them."""
    listing, found, columns = order.listed(user)
    label = found.title or listing.label
    said = "，".join(filter(None, [found.words, f"{Audience(order.audience).label}文件"]))
    kept = {
        "listing": order.listing, "query": order.query, "audience": order.audience, "columns": list(order.columns),
        "purpose": order.purpose,
    }  # fmt: skip
    parameters = {"order": kept, "record": order.record(listing, found, columns)}
    return jobs.start(making.KIND, user, parameters, f"{label}（{said}）", found.rows.count())


def _at_once(user, order: Order, record: dict) -> HttpResponse:
    """The file itself; its place on the disk is given up as soon as it is open."""
    path = files.new_path(".xlsx")
    try:
        name, rows = making.write(path, order, user, lambda done, total: None)
        content = path.open("rb")
    except OSError:
        raise Refused("写文件没有成功（磁盘空间或权限有问题）。", "请联系系统管理员后再导出。") from None
    finally:
        path.unlink(missing_ok=True)
    records.keep(user, Step.DIRECT, rows=rows, **record)
    return as_file(content, making.file_name(name))


def _back_of(request: HttpRequest) -> str:
    """The list that one came from, if it says so; only an address of the portal."""
    given = request.GET.get("back", "")
    safe = url_has_allowed_host_and_scheme(given, allowed_hosts=None) and urlsplit(given).path.startswith("/")
    return given if safe else reverse("home")


def _way_back(request: HttpRequest) -> dict:
    return {"back_href": _back_of(request), "back_label": "返回列表"}
