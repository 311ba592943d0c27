"""Ten thousand rows with their texts: figures for the record (make campaign)."""

import resource
import time

import pytest

from members.models import Session
from proposals.ledger import imports
from proposals.statistics import session_report
from tests.migrated_rows import tables_are_counted

from . import ledgers
from .ledgers import handled, row

BODY = "近年来，我县人居环境不断改善，但部分村镇管护经费不足、责任不清。" * 30
ITEMS = "\n".join(f"{n}. 建议有关部门加强统筹，明确责任单位，落实管护经费。" for n in range(1, 5))


@pytest.mark.campaign
@pytest.mark.timeout(1800)
@pytest.mark.django_db
def test_ten_thousand_rows():
    rows = [
        handled(n, "ABC"[n % 3], 提案人="、".join(ledgers.person((n * 7 + k) % 2000) for k in range(1 + n % 3)), 提案形式=None,
                正文=BODY, 建议=ITEMS)
        for n in range(1, 9001)
    ]  # fmt: skip
    rows += [row(n, "并案", 并入案号=n - 9000) for n in range(9001, 9501)]
    rows += [row(n, "不予立案") for n in range(9501, 10_001)]
    file = ledgers.workbook(rows)
    del rows
    for name, act in (("dry run", imports.preview), ("import", imports.run), ("again", imports.run)):
        started, worked = time.perf_counter(), time.process_time()
        report = act(file, "14-3")
        assert report.ok and report.rows == 10_000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{name}: {time.perf_counter() - started:.1f} s, {time.process_time() - worked:.1f} s of own work, "
            f"{10_000 / (time.perf_counter() - started):.0f} rows/s, {peak} MB"
        )
    tables_are_counted()
    figures = session_report(Session.objects.by_code("14-3"))
    assert (figures["received"], figures["filed"], figures["merged"], figures["not_filed"]) == (10_000, 9000, 500, 500)
