"""The roster import: new members, corrections by key, importing again, and what is refused."""

import io
import json
from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from openpyxl import load_workbook

from documents.sheets.reading import read
from members.models import Appointment, Member, Organization, Person, Term, User
from members.roster import imports
from proposals.ledger import sessions
from tests.documents.sheets.books import File, book, file
from tests.factories import people

pytestmark = pytest.mark.django_db
HEADER = (
    "序号", "委员编号", "姓名", "性别", "民族", "出生年月", "党派", "界别", "委员组", "专委会", "职务", "单位及职务", "手机", "届次",
    "任职日期", "同名说明",
)  # fmt: skip
ZHANG = {
    "委员编号": "11001", "姓名": "张　三", "性别": "男", "民族": "汉族", "出生年月": "1975年3月", "党派": "民盟", "界别": "教育",
    "委员组": "县直第一委员组", "专委会": "经济委员会", "职务": "副主任", "单位及职务": "县第一高级中学 校长", "手机": "１３８ ００００ ０００１",
    "届次": "第十一届", "任职日期": "2022.4.1",
}  # fmt: skip
NO_NAME = "不像姓名。一行只写一人，姓名以汉字或字母开头，不要有符号和号码"
WRITTEN = (Person, Member, Organization, Appointment, Term, User)


def roster(*rows, header=HEADER) -> File:
    lines = [[row.get(name) for name in header] if isinstance(row, dict) else row for row in rows]
    return file(book(("西平县政协委员名册",), header, *lines, sheet="名册"), "名册.xlsx")


def take(*rows, term=11, **options):
    report = imports.run(roster(*rows, **options), term)
    assert [problem.sentence for problem in report.errors] == []
    return report


def errors(*rows, term=11, **options) -> list[str]:
    before = everything()
    report = imports.run(roster(*rows, **options), term)
    assert (report.added, report.updated, everything()) == (0, 0, before)
    return [problem.reason for problem in report.errors]


def everything() -> list[int]:
    return [model.objects.count() for model in WRITTEN]


@pytest.fixture(autouse=True)
def term(request):
    return people.term()


def test_a_new_member_with_everything(term):
    report = take(ZHANG)
    assert (report.added, report.created) == (1, {
        "terms": [], "people": ["张三"], "sectors": ["教育"], "groups": ["县直第一委员组"], "committees": ["经济委员会"],
    })  # fmt: skip
    person, seat, post = Person.objects.get(), Member.objects.get(), Appointment.objects.get()
    assert (person.name, person.pinyin, person.gender, person.ethnicity, person.born, person.party) == (
        "张三", "zhang san", "male", "汉族", "1975-03", "民盟",
    )  # fmt: skip
    assert (person.employer, person.position, person.phone) == ("县第一高级中学", "校长", "13800000001")
    assert (seat.number, seat.term, seat.sector.name, seat.group.name, seat.starts, seat.from_ledger) == (
        "11001", term, "教育", "县直第一委员组", date(2022, 4, 1), False,
    )  # fmt: skip
    assert (post.organization.name, post.post, post.title) == ("经济委员会", "member", "副主任")
    assert not User.objects.exists()


def test_importing_again_changes_nothing():
    rows = [
        ZHANG,
        {"姓名": "李四", "界别": "经济", "手机": 13800000002},
        {"姓名": "王五"},
        {"姓名": "王五", "界别": "教育"},
    ]
    rows[2]["界别"] = "体育"
    assert take(*rows).added == 4
    before = everything()
    report = take(*reversed(rows))
    assert (report.added, report.updated, report.unchanged) == (0, 0, 4)
    assert everything() == before


def test_a_dry_run_changes_nothing():
    before = everything()
    report = imports.preview(roster(ZHANG), 11)
    assert (report.ok, report.added, everything()) == (True, 1, before)


def test_corrections_by_member_number():
    take(ZHANG)
    report = take({**ZHANG, "单位及职务": "县教育局 副局长", "手机": "13900000009", "职务": "常委", "党派": None})
    assert (report.added, report.updated) == (0, 1)
    person, seat = Person.objects.get(), Member.objects.get()
    assert (person.employer, person.phone, person.party, seat.seat_kind) == (
        "县教育局",
        "13900000009",
        "民盟",
        "standing",
    )
    [outcome] = report.outcomes["updated"]
    assert outcome.sentence == (
        "工作表“名册”第 3 行 张三：工作单位：县第一高级中学 → 县教育局；行政职务：校长 → 副局长；"
        "手机：138****0001 → 139****0009；席位：委员 → 常委"
    )


def test_corrections_by_name_and_phone():
    take({"姓名": "李四", "手机": 13800000002})
    assert take({"姓名": "李四", "手机": "138-0000-0002", "民族": "回族"}).updated == 1
    assert (Person.objects.get().ethnicity, Member.objects.count()) == ("回族", 1)


def test_a_move_to_another_sector_from_a_day_on_ends_the_old_seat():
    take(ZHANG)
    take({**ZHANG, "界别": "经济", "任职日期": "2024-03-01"})
    seats = Member.objects.order_by("starts")
    assert [(s.sector.name, s.starts, s.ends, s.end_reason) for s in seats] == [
        ("教育", date(2022, 4, 1), date(2024, 2, 29), "moved"), ("经济", date(2024, 3, 1), None, ""),
    ]  # fmt: skip
    assert take({**ZHANG, "界别": "经济", "任职日期": "2024-03-01"}).unchanged == 1


def test_without_a_day_the_sector_is_corrected_in_place():
    take(ZHANG)
    take({**ZHANG, "界别": "经济", "任职日期": None})
    assert [(s.sector.name, s.starts) for s in Member.objects.all()] == [("经济", date(2022, 4, 1))]


def test_a_person_known_from_a_ledger_becomes_a_real_member(term):
    known = people.person("张三")
    Member.objects.create(person=known, term=term, starts=date(2025, 4, 21), ends=date(2025, 4, 23), from_ledger=True)
    take({**ZHANG, "委员编号": None})
    seat = Member.objects.get()
    assert (seat.person, seat.from_ledger, seat.starts, seat.ends) == (known, False, date(2022, 4, 1), None)


def test_namesakes_with_different_keys_are_two_people():
    take({"姓名": "王伟", "手机": 13800000001, "界别": "教育"}, {"姓名": "王伟", "手机": 13800000002, "界别": "经济"})
    assert Person.objects.filter(name="王伟").count() == 2
    assert take({"姓名": "王伟", "界别": "经济"}).unchanged == 1


def test_two_rows_that_nothing_tells_apart_ask():
    [reason] = errors({"姓名": "王伟"}, {"姓名": "王伟"})
    assert reason == "与第 3 行同名，分不清是不是同一人。请填委员编号、手机或界别"


def test_a_known_name_with_another_phone_asks_and_takes_the_answer():
    take({"姓名": "王伟", "手机": 13800000001, "界别": "教育"})
    other = {"姓名": "王伟", "手机": 13800000002, "界别": "经济"}
    [reason] = errors(other)
    assert reason == (
        "系统里已有同名的人，分不清是不是同一人：王伟（教育，138****0001）。"
        "请在“委员编号”列写他的编号，或在“同名说明”列写“同一人”或“另一人”"
    )
    assert take({**other, "同名说明": "另一人"}).added == 1
    assert Person.objects.filter(name="王伟").count() == 2
    assert take(other).unchanged == 1


def test_another_one_needs_a_key_of_his_own():
    take({"姓名": "王伟", "界别": "教育"})
    [reason] = errors({"姓名": "王伟", "界别": "经济", "同名说明": "另一人"})
    assert reason == "写了另一人，请同时填他的委员编号或手机，以后再导入才认得出"


def test_the_same_person_with_a_new_phone():
    take({"姓名": "王伟", "手机": 13800000001, "界别": "教育"})
    assert take({"姓名": "王伟", "手机": 13800000002, "界别": "教育", "同名说明": "同一人"}).updated == 1
    assert Person.objects.get().phone == "13800000002"


@pytest.mark.parametrize(("fields", "reason"), [
    ({"姓名": None}, "姓名是空的。请填写姓名；如果这一行不是委员，请删去"),
    ({"姓名": "3张"}, NO_NAME),
    ({"姓名": "002"}, NO_NAME),
    ({"姓名": "张三!"}, NO_NAME),
    ({"姓名": "张三13800000001"}, NO_NAME),
    ({"姓名": "张三、李四"}, NO_NAME),
    ({"性别": "不详"}, "不认识“不详”。请写：男、女"),
    ({"手机": "1380000001"}, "不是手机号：应是 1 开头的 11 位数字，这里是 10 位。请核对"),
    ({"手机": "02083333333"}, "不是手机号：应是 1 开头的 11 位数字，这里是 11 位。请核对"),
    ({"手机": 1.38e12}, "不是手机号：应是 1 开头的 11 位数字，这里是 13 位。请核对"),
    ({"出生年月": "七五年"}, "不是日期。请写成 2025-04-21 这样的日期"),
    ({"任职日期": "2022年4月"}, "只有年月，没有日。请写成 2025-04-21 这样的日期"),
    ({"届次": "今年"}, "不是届次。请写 11 或 第十一届"),
    ({"届次": "12"}, "与所选的第 11 届不同。请核对"),
    ({"党派": "长" * 31}, "党派有 31 个字，超过 30 个字。请缩短"),
    ({"同名说明": "不知道"}, "不认识“不知道”。请写：同一人、另一人"),
    ({"任职日期": "=TODAY()"}, "是公式，文件里没有存下计算结果。请在 Excel 里打开、保存一次，或改成直接填写的值"),
])  # fmt: skip
def test_one_fault_one_sentence(fields, reason):
    assert errors({**ZHANG, **fields}) == [reason]


def test_numbers_and_phones_stand_once():
    assert errors(ZHANG, {**ZHANG, "姓名": "李四"}) == [
        "与第 3 行（张三）重复。请核对", "与第 3 行（张三）重复。请核对",
    ]  # fmt: skip


def test_a_phone_of_somebody_else_is_refused():
    people.person("赵六", phone="13800000001")
    assert errors(ZHANG) == ["这个手机号已登记给赵六。请核对"]


def test_a_number_of_somebody_else_is_refused():
    take(ZHANG)
    assert errors({"委员编号": "11001", "姓名": "李四"}) == ["这个编号登记的是张三。请核对；如已改名，请先在后台改姓名"]


def test_a_column_of_id_numbers_refuses_the_whole_roster():
    header = (*HEADER, "身份证号码")
    before = everything()
    report = imports.run(roster({**ZHANG, "身份证号码": "110101197503070010"}, header=header), 11)
    assert [problem.reason for problem in report.errors] == [
        "名册里有“身份证号码”一列。本系统不收身份证号，整份名册没有读取，也没有留存。请把这一列删去（不是隐藏），另存后再导入。"
    ]
    assert (report.rows, report.tables, everything()) == (0, [], before)
    assert "110101197503070010" not in json.dumps(report.as_dict())


def test_an_id_number_in_any_column_is_dropped_at_once():
    file = roster({**ZHANG, "单位及职务": "110101197503070010"})
    report = imports.run(file, 11)
    assert [problem.reason for problem in report.errors] == ["像身份证号。本系统不收身份证号，没有读取。请删去后再导入"]
    handed_back = read(File(imports.error_workbook(report), "错误.xlsx"))
    everything_said = json.dumps(report.as_dict()) + str([row.values for s in handed_back.sheets for row in s.rows])
    assert "110101197503070010" not in everything_said


def test_other_private_columns_are_never_read():
    header = (*HEADER, "宗教信仰", "家庭住址")
    report = take({**ZHANG, "宗教信仰": "无", "家庭住址": "某村"}, header=header)
    assert "这些列不认识，没有读：序号、宗教信仰、家庭住址" in [note.reason for note in report.notes]
    assert read(File(imports.error_workbook(report), "错误.xlsx")).sheets[0].rows[0].values.count("家庭住址") == 0


def test_the_term_comes_from_the_column_or_from_the_choice():
    take(ZHANG, term=None)
    assert errors({**ZHANG, "届次": None}, term=None) == ["没有写届次。请在“届次”列写 11 或 第十一届，或在导入时选定"]
    assert errors(ZHANG, term="十一") == ["“十一”不是届次。请写成 11 这样的数字。"]


def test_a_term_not_known_yet_is_made():
    report = take({**ZHANG, "届次": "12", "任职日期": "2027-03-01"}, term=None)
    assert report.created["terms"] == ["第十二届"]
    assert Term.objects.get(number=12).starts == date(2027, 3, 1)


def notes_on_terms(report) -> list[str]:
    return [note.reason for note in report.notes if "届原来没有" in note.reason]


def test_without_days_a_term_is_assumed_as_for_a_ledger():
    report = take({"姓名": "李四"}, term=13)
    assert (report.created["terms"], notes_on_terms(report)) == (
        ["第十三届"], ["第 13 届原来没有，暂定 2032-01-01 开始。请在后台“届”里核对。"],
    )  # fmt: skip
    assert Member.objects.get().starts == Term.objects.get(number=13).starts == date(2032, 1, 1)


def test_the_first_term_of_all_begins_in_the_year_in_which_it_is_imported():
    Term.objects.all().delete()
    from_ledger = sessions.find("11-1", []).session.term.starts
    take({"姓名": "李四"}, term=11)
    assert Term.objects.get().starts == from_ledger == date(timezone.localdate().year, 1, 1)


@pytest.mark.parametrize("written", ["11-4", "１１－４", "十一届四次", "第十一届第四次会议", "11届", "第11届4次会议"])
def test_the_term_may_be_written_with_its_session(written):
    take({"姓名": "李四", "届次": written}, term=None)
    assert Member.objects.get().term.number == 11


@pytest.mark.parametrize("name", ["委员1", "委员002", "王伟A", "Anna", "A先生", "阿布都·热合曼2"])
def test_letters_and_digits_may_follow_in_a_name(name):
    take({"姓名": name})
    assert Person.objects.get().name == name


def test_an_id_number_behind_a_name_is_dropped_at_once():
    report = imports.run(roster({"姓名": "张三110101197503070010"}), 11)
    assert [problem.reason for problem in report.errors] == ["像身份证号。本系统不收身份证号，没有读取。请删去后再导入"]
    assert "110101197503070010" not in json.dumps(report.as_dict())


def test_an_id_number_in_a_second_column_of_the_same_meaning_is_dropped_too():
    header = ("姓名", "委员编号", "证号")
    report = imports.run(roster({"姓名": "张三", "委员编号": "1", "证号": "110101197503070010"}, header=header), 11)
    assert [(problem.column, problem.value) for problem in report.errors] == [("证号", "（已去掉）")]
    handed_back = read(File(imports.error_workbook(report), "错误.xlsx"))
    everything_said = json.dumps(report.as_dict()) + str([row.values for s in handed_back.sheets for row in s.rows])
    assert "110101197503070010" not in everything_said


def test_people_from_two_ledgers_are_told_apart_by_the_ledgers_they_come_from():
    for number, year in ((9, 2013), (10, 2018)):
        session = people.session(1, year, people.term(number, date(year, 1, 1)).number)
        Member.objects.create(
            person=people.person("何甲子"),
            term=session.term,
            starts=session.opens,
            ends=session.closes,
            from_ledger=True,
        )
    assert errors({"姓名": "何甲子", "手机": 13800000001, "界别": "教育"}) == [
        "系统里已有同名的人，分不清是不是同一人：何甲子（来自九届一次会议台账）、何甲子（来自十届一次会议台账）。"
        "请在“委员编号”列写他的编号；没有编号的，先在后台给他登记手机，名册里填同一号码；都不是的，在“同名说明”列写“另一人”"
    ]
    Person.objects.filter(seats__term__number=10).update(phone="13800000001")
    assert take({"姓名": "何甲子", "手机": 13800000001, "界别": "教育"}).added == 1
    assert Person.objects.count() == 2


def test_somebody_of_another_term_is_described_by_that_term(term):
    Member.objects.create(person=people.person("何甲子", born="1950-01"), term=people.term(9), starts=date(2013, 1, 1))
    assert errors({"姓名": "何甲子", "出生年月": "1980-01"}) == [
        "系统里已有同名的人，分不清是不是同一人：何甲子（第九届，1950-01）。"
        "请在“委员编号”列写他的编号，或在“同名说明”列写“同一人”或“另一人”"
    ]


def test_committee_posts_give_no_rights():
    people.organization("committee", "提案委员会", code="proposals")
    take({**ZHANG, "专委会": "提案委员会", "职务": "主任"})
    assert list(Appointment.objects.values_list("post", "title")) == [("member", "主任")]


def test_the_command_reports_as_json(tmp_path):
    path, out = tmp_path / "名册.xlsx", io.StringIO()
    path.write_bytes(roster({**ZHANG, "手机": "123"}).getvalue())
    with pytest.raises(CommandError) as refused:
        call_command("import_members", path, term="11", format="json", stdout=out)
    report = json.loads(out.getvalue())
    assert (refused.value.returncode, report["ok"]) == (1, False)
    assert report["errors"] == [
        {
            "sheet": "名册",
            "row": 3,
            "column": "手机",
            "cell": "M3",
            "value": "123",
            "reason": "不是手机号：应是 1 开头的 11 位数字，这里是 3 位。请核对",
        }
    ]


def test_the_workbook_with_errors_can_be_corrected_and_imported():
    report = imports.run(roster({**ZHANG, "手机": "123"}, {"姓名": "李四", "任职日期": datetime(2022, 4, 1)}), 11)
    handed_back = load_workbook(io.BytesIO(imports.error_workbook(report)))
    page = handed_back["名册"]
    assert page.cell(2, page.max_column).value == "手机：不是手机号：应是 1 开头的 11 位数字，这里是 3 位。请核对"
    column = next(cell.column for cell in page[1] if cell.value == "手机")
    page.cell(2, column).value = "13800000001"
    assert imports.run(file(handed_back), 11).added == 2


def test_the_template_is_readable_and_empty():
    report = imports.preview(File(imports.template(), "模板.xlsx"), 11)
    assert [problem.reason for problem in report.errors] == ["只有表头，没有委员。请填写后再导入。"]
    assert report.notes == []


def test_statements_do_not_grow_with_the_rows(django_assert_max_num_queries):
    rows = [
        {"委员编号": str(n), "姓名": f"张{'一二三四五六七八九十'[n % 10]}{'甲乙丙丁戊己庚辛壬癸'[n // 10 % 10]}", "手机": 13800000000 + n, "界别": "教育"}
        for n in range(100)
    ]  # fmt: skip
    with django_assert_max_num_queries(40):
        assert imports.run(roster(*rows), 11).added == 100
