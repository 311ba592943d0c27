"""Ledgers of our own making: any rows as a workbook, and the totals of published reports (domain.md §0)."""

import io
from collections.abc import Iterable
from datetime import date, timedelta

from openpyxl import Workbook

HEADER = (
    "案号", "案由", "提案人", "提案形式", "集体名称", "类别", "提交日期", "审查结果", "并入案号", "转办去向", "主办单位",
    "会办单位", "交办日期", "答复日期", "办理结果", "办理态度评价", "办理结果评价", "正文", "建议",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = [
    "建国",
    "志强",
    "秀英",
    "文博",
    "海燕",
    "晓明",
    "立群",
    "素芬",
    "向东",
    "国庆",
    "春生",
    "玉兰",
    "长河",
    "明远",
    "家宝",
    "雪梅",
    "永红",
    "振华",
    "桂香",
    "学军",
    "丽娟",
    "德胜",
    "爱民",
    "新宇",
    "小芳",
    "宏伟",
    "凤霞",
    "世杰",
    "红旗",
    "兰芝",
]
UNITS = ("县教育局", "县财政局", "县水利局", "县民政局", "县公安局", "县农业农村局", "县交通运输局", "县卫生健康委")


class File(io.BytesIO):
    """An uploaded workbook: a stream with a name."""

    def __init__(self, content: bytes, name: str = "台账.xlsx"):
        super().__init__(content)
        self.name = name


def workbook(rows: Iterable[dict | list], header=HEADER, title: str = "", sheet: str = "台账") -> File:
    """Rows are lists, or dicts by column title."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    if title:
        page.append([title])
    page.append(list(header))
    for row in rows:
        page.append([row.get(name) for name in header] if isinstance(row, dict) else list(row))
    return saved(book)


def saved(book: Workbook) -> File:
    out = io.BytesIO()
    book.save(out)
    return File(out.getvalue())


def person(n: int) -> str:
    """The n-th of some five thousand invented names, all different."""
    surname, rest = SURNAMES[n % len(SURNAMES)], n // len(SURNAMES)
    given = GIVEN[rest % len(GIVEN)]
    return surname + given if rest < len(GIVEN) else surname + given + "安平和顺"[rest // len(GIVEN) % 4]


def row(n: int | None, outcome: str = "立案", **fields) -> dict:
    """A plain row, without a number for None; fields by column title override."""
    number, n = n, n or 0
    submitted = date(2025, 4, 20) + timedelta(days=n % 3)
    return {
        "案号": number, "案由": f"关于第{n}个问题的提案", "提案人": person(n % 500), "提案形式": "个人", "类别": "社会建设",
        "提交日期": submitted, "审查结果": outcome, **fields,
    }  # fmt: skip


def handled(n: int, result: str = "A", **fields) -> dict:
    """A filed row that was handed out, answered and rated."""
    told = {
        "主办单位": UNITS[n % len(UNITS)], "交办日期": date(2025, 5, 12), "答复日期": date(2025, 7, 1) + timedelta(days=n % 20),
        "办理结果": result, "办理态度评价": "满意", "办理结果评价": "满意" if n % 5 else "基本满意",
    }  # fmt: skip
    return row(n, **{**told, **fields})


def sheqi() -> list[dict]:
    """社旗县 2025: 201 received, 171 filed, 11 merged, 19 not filed."""
    filed = [handled(n) for n in range(1, 172)]
    merged = [row(n, "并案", 并入案号=n - 171) for n in range(172, 183)]
    rejected = [row(n, "不予立案", 案号=None, 转办去向="转意见建议") for n in range(183, 202)]
    return [*filed, *merged, *rejected]


NATIONAL_CATEGORIES = {"经济建设": 2133, "政治建设": 419, "文化建设": 459, "社会建设": 1387, "生态文明建设": 604}


def national() -> list[dict]:
    """全国政协 2025: 5890 received, 5002 filed by five categories, 262 merged, 626 not filed."""
    names = [name for name, count in NATIONAL_CATEGORIES.items() for _ in range(count)]
    filed = [
        row(
            n,
            提案人=_several(n),
            提案形式="联名" if n % 4 == 0 else "个人",
            类别=name,
            主办单位=UNITS[n % 8],
            交办日期="2025-05-12",
        )
        for n, name in enumerate(names, start=1)
    ]
    merged = [row(n, "并案", 提案人=person(n % 1860), 并入案号=n - 5002) for n in range(5003, 5265)]
    rejected = [row(n, "不予立案", 提案人=person(n % 1860), 转办去向="转意见建议") for n in range(5265, 5891)]
    return [*merged, *filed, *rejected]


def _several(n: int) -> str:
    return "、".join(person((n + k * 7) % 1860) for k in range(3 if n % 4 == 0 else 1))


def nanhua() -> list[dict]:
    """南华县: 206 received, 3 not filed; of the other 203, 15 were made into 4, which leaves 192."""
    groups = {1: 3, 2: 3, 3: 3, 4: 2}  # main → merged into it: 11, and 4 mains make the 15
    filed = [handled(n) for n in range(1, 193)]
    mains = [main for main, count in groups.items() for _ in range(count)]
    merged = [row(192 + n, "并案", 并入案号=f"第{main:03d}号") for n, main in enumerate(mains, start=1)]
    rejected = [row(n, "不予立案", 案号=None, 转办去向="委员来信") for n in range(204, 207)]
    return [*rejected, *merged, *filed]
