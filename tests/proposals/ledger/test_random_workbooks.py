"""Random ledgers and rosters: whatever is in them, a report comes back, and a taken one is taken once."""

import os
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from members.roster import imports as roster
from members.roster.columns import COLUMNS as ROSTER
from proposals.ledger import imports as ledger
from proposals.ledger.columns import COLUMNS as LEDGER

from . import ledgers

pytestmark = pytest.mark.django_db
STRANGE = (
    "通过", -1, 0, 1e300, 1.5, True, "=1+1", "#REF!", "#N/A", "", "😀" * 5, "a" * 300, "长" * 300, "\u200b", "　", "'", ";",
    "=cmd|' /C calc'!A0", "1" * 40, "²", "٣", "第号", "号", "、、", "()", "[教育]", "张三[", "]张三", 45768.25,
    datetime(2025, 4, 21, 9), date(2025, 5, 1), time(3, 4), timedelta(hours=30), "_xD800_", "_x0000_甲", "2025年4月",
)  # fmt: skip
PLAIN = {
    "案号": (1, 2, 3, 4, "5", "006", "第7号", "平1", None, None), "案由": ("关于甲的提案", "关于乙的提案", "关于丙的提案"),
    "提案人": ("张三", "李四、王五", "王伟[教育]", "李　四", "张三、李四等5人", "阿布都·热合曼"),
    "提案形式": ("个人", "联名", "集体", None, None, None), "集体名称": ("民盟支部", None, None, "县妇联"),
    "类别": ("经济", "教科文卫体", None), "提交日期": ("2025-4-21", 20250420, 45768, None),
    "审查结果": ("立案", "立案", "立案", "不予立案", "撤案", "待审", "并案"), "并入案号": (*[None] * 8, 1, "002"),
    "转办去向": (*[None] * 5, "转来信"), "主办单位": ("县教育局", "县教育局、县财政局", "教育局", None),
    "会办单位": (None, None, "县财政局"), "交办日期": ("2025-5-1", None, date(2025, 5, 2)), "答复日期": ("2025.7.1", None),
    "办理结果": ("A", "B", "留作参考", None), "办理态度评价": ("满意", None), "办理结果评价": ("满意", "不满意", None),
    "正文": ("情况", None), "建议": ("1.甲\n2.乙", "甲", None),
    "姓名": ("张三", "李四", "王伟", "王五", "赵六"), "性别": ("男", "女", None), "民族": ("汉", None),
    "出生年月": ("1975-03", "1980.12", None), "党派": ("民盟", None), "界别": ("教育", "经济", None),
    "委员组": ("县直一组", "出山镇联络组", None), "专委会": ("经济委员会", None), "职务": ("委员", "常委", "副主任", None),
    "单位及职务": ("县一中 校长", None), "手机": ("13800000001", "13800000002", "13800000003", None, None, None),
    "届次": ("11", None, "第十一届"), "任职日期": ("2022-4-1", None, "2024.5.1"), "同名说明": (None, None, "另一人", "同一人"),
}  # fmt: skip
DOORS = ((ledger, LEDGER, "14-3"), (roster, ROSTER, 11))


def workbook(random: Random, columns, oddity: float) -> SimpleUploadedFile:
    """Some rows under the columns in any order; `oddity`: how likely a cell holds something strange."""
    header = [column.title for column in columns]
    random.shuffle(header)

    def cell(title: str):
        return random.choice(STRANGE) if random.random() < oddity else random.choice(PLAIN.get(title, (None,)))

    rows = [[cell(title) for title in header] for _ in range(random.randint(1, 6))]
    return SimpleUploadedFile("表.xlsx", ledgers.workbook(rows, header=header).getvalue())


def check(door, file, target) -> bool:
    """Preview and import agree; what was taken is not taken again. Returns whether it was taken."""
    seen, done = door.preview(file, target), door.run(file, target)
    assert [p.sentence for p in seen.errors] == [p.sentence for p in done.errors]
    assert (seen.ok, seen.added, seen.updated) == (done.ok, done.added, done.updated)
    assert done.lines() and door.error_workbook(done)
    if done.ok:
        again = door.run(file, target)
        assert (again.errors, again.added, again.updated, again.changed) == ([], 0, 0, [])
    return done.ok


def rounds(seed: int, count: int) -> int:
    random, taken = Random(seed), 0
    for n in range(count):
        for door, columns, target in DOORS:
            with transaction.atomic():
                taken += check(door, workbook(random, columns, oddity=(0.002, 0.2)[n % 4 == 0]), target)
                transaction.set_rollback(True)
    return taken


def test_random_workbooks():
    assert rounds(seed=1, count=20) >= 3


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_many_random_workbooks():
    count = int(os.environ.get("RANDOM_WORKBOOKS", "1500"))
    print(f"{2 * count} random workbooks, {rounds(seed=20251123, count=count)} taken")
