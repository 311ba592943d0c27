import datetime

import pytest
from django.core.exceptions import ValidationError

from deadlines.notice_text import NoticeDay, parse
from tests.deadlines import state_council
from tests.deadlines.state_council import TEXT_OF_2026

D = datetime.date

TEXT_OF_2023 = """一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。"""


@pytest.mark.parametrize(("year", "text"), [(2026, TEXT_OF_2026), (2023, TEXT_OF_2023)])
def test_the_notice_gives_the_days_of_the_table(year, text):
    days = parse(text, year)
    first, last = D(year, 1, 1), D(year, 12, 31)
    before = {D(2022, 12, 31)} if year == 2023 else set()
    holidays = {day for day in state_council.HOLIDAYS if first <= day <= last and day.month < 12}
    assert {day.date for day in days if not day.is_workday} == holidays | before
    worked = {day for day in state_council.MAKE_UP_DAYS if first <= day <= last}
    assert {day.date for day in days if day.is_workday} == worked


def test_days_carry_the_name_of_their_holiday():
    days = parse(TEXT_OF_2026, 2026)
    assert days[:4] == [
        NoticeDay(D(2026, 1, 1), False, "元旦"),
        NoticeDay(D(2026, 1, 2), False, "元旦"),
        NoticeDay(D(2026, 1, 3), False, "元旦"),
        NoticeDay(D(2026, 1, 4), True, "元旦调休上班"),
    ]


@pytest.mark.parametrize(
    ("change", "year", "sentence"),
    [
        (("", ""), 2027, "通知里 2027-01-01 写的是星期四，但这一天是星期五。请核对年度和原文。"),
        (("七、国庆节", "（略）国庆节"), 2026, "通知里没有国庆，请核对是否粘贴完整。"),
        (
            ("1月1日（周四）至3日", "1月1日（周四）至33日"),
            2026,
            "“1月1日（周四）至33日（周六）”里有不存在的日期，请核对原文。",
        ),
        (
            ("2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）", "2月15日至12月23日"),
            2026,
            "“春节”的放假日期看不懂：2月15日至12月23日放假调休，共9天",
        ),
        (
            ("4月4日（周六）至6日（周一）放假，共3天。", "另行通知。"),
            2026,
            "“清明节”这一条没有写明哪天放假，请核对原文。",
        ),
        (
            ("4月4日（周六）至6日（周一）", "5月1日至2日"),
            2026,
            "2026-05-01 在通知里出现了两次，请核对原文。",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(change, year, sentence):
    with pytest.raises(ValidationError) as refused:
        parse(TEXT_OF_2026.replace(*change), year)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize("text", ["", "关于放假的通知", "一、：", "x" * 10_000, "一、元旦：" * 3000])
def test_other_text_is_refused(text):
    with pytest.raises(ValidationError):
        parse(text, 2026)


def test_a_notice_without_worked_weekends_is_refused():
    text = TEXT_OF_2026.replace("上班", "值班")
    with pytest.raises(ValidationError) as refused:
        parse(text, 2026)
    assert refused.value.messages == ["没有找到调休上班的日期，请核对通知是否粘贴完整。"]
