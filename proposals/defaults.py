"""The tables every committee starts from; staff edit them later (domain.md §2.3, §2.5).

Filled after every `migrate` and every flush while they are empty, as the calendar is.
"""

from .kinds import CategorySystem

OVERALL = ["经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设"]
BUSINESS = [
    "经济建设",
    "农业农村",
    "城乡建设与管理",
    "教科文卫体",
    "社会治理与法治",
    "民生与社会保障",
    "生态环境",
    "其他",
]
REASONS = [
    ("secret", "涉及党和国家秘密", "none"),
    ("forbidden", "国家明令禁止的事项", "back"),
    ("party_internal", "中共党员对党内有关组织、人事安排等方面有意见", "letter"),
    ("party_organ", "民主党派成员反映本组织内部问题", "letter"),
    ("litigation", "进入民事、刑事、行政诉讼以及仲裁程序", "back"),
    ("academic", "属于学术研讨", "opinion"),
    ("private", "为本人或亲属解决个人问题", "letter"),
    ("promotion", "宣传、推介具体作品、产品", "back"),
    ("accusation", "指名举报", "letter"),
    ("empty", "内容空泛、没有具体建议", "opinion"),
    ("beyond", "超越本级事权", "opinion"),
    ("petition", "属于信访、投诉、举报事项", "letter"),
    ("own_unit", "属于本单位或私人事务", "back"),
    ("several", "一案多事或格式不符", "back"),
]
# Marks as papers carry them (GB/T 9704-2012, 国家秘密定密管理规定, usual internal marks).
MARKS = ["绝密", "机密", "秘密", "工作秘密", "内部资料", "内部文件", "内部材料", "内部使用", "内部参考", "仅供内部参考",
         "仅限内部使用", "不得外传", "严禁外传", "会后收回", "阅后收回", "涉密", "注意保存", "妥善保管"]  # fmt: skip
PHRASES = [
    "内部资料注意保存", "内部文件注意保存", "内部材料注意保存", "内部刊物注意保存", "内部资料不得外传", "内部文件不得外传",
    "内部材料不得外传", "内部资料严禁外传", "内部资料妥善保管", "未经批准不得外传", "工作秘密不得外传", "工作秘密注意保存",
]  # fmt: skip


def fill_empty_tables(*, apps=None, **kwargs) -> None:
    if apps is not None and "secrecymark" not in apps.all_models["proposals"]:
        return
    from .models import Category, RejectionReason, SecrecyMark

    if not Category.objects.exists():
        Category.objects.bulk_create(_categories(Category))
    if not SecrecyMark.objects.exists():
        SecrecyMark.objects.bulk_create(_marks(SecrecyMark))
    if not RejectionReason.objects.exists():
        RejectionReason.objects.bulk_create(
            RejectionReason(code=code, text=text, default_disposition=way, order=order)
            for order, (code, text, way) in enumerate(REASONS, start=1)
        )


def _categories(category):
    for system, names in ((CategorySystem.OVERALL, OVERALL), (CategorySystem.BUSINESS, BUSINESS)):
        for order, name in enumerate(names, start=1):
            yield category(system=system, name=name, order=order)


def _marks(model):
    words = [(word, "mark") for word in MARKS] + [(word, "phrase") for word in PHRASES]
    for order, (word, kind) in enumerate(words, start=1):
        yield model(word=word, kind=kind, order=order)
