"""What anybody may read of the figures: the released ones of signed years, as they were signed. Never a list."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.figures import public_page
from reports.models import FigureRelease


@login_not_required
@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The latest released year, or the one that is asked for."""
    rows = FigureRelease.objects.filter(withdrawn_at__isnull=True).select_related("snapshot")
    released = {str(row.snapshot.year): row for row in rows.order_by("-snapshot__year")}
    shown = released.get(request.GET.get("year", "")) or next(iter(released.values()), None)
    earlier = [row for year, row in released.items() if shown and int(year) < shown.snapshot.year]
    home = [("首页", reverse("home"))] if request.user.is_authenticated else []
    context = {
        "release": shown, **(public_page.of(shown.snapshot, earlier[0].snapshot if earlier else None) if shown else {}),
        "tabs": [{"label": f"{year}年", "href": f"?year={year}", "current": row is shown} for year, row in released.items()],
        "crumbs": [*home, ("公开提案", reverse("public:list")), ("年度统计", "")],
    }  # fmt: skip
    return render(request, "reports/figures/public.html", context)
