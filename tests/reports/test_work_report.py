"""提案工作情况报告: the sentences, written by hand, for ledgers with the published counts of three places (domain §0, §3.5,
§5.1); and the figures as of past days of the first of them."""

import io
from datetime import date

import pytest
from django.test import Client
from docx import Document

from members.models import Session
from proposals.ledger import imports
from proposals.models import PaperExport
from reports.figures import period, registry
from reports.figures.asked import Asked
from reports.figures.counting import counted
from reports.figures.sight import reader_of
from reports.papers import work_figures, work_report
from reports.papers import work_sentences as sentences
from reports.session_text import percent
from tests.factories import county as make
from tests.factories import people
from tests.migrated_rows import tables_are_counted
from tests.proposals.ledger import ledgers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swept")]
SUCCESS = "【请补写：办理成效，可写哪些建议转化为政策、项目和实事】"
ENDING = {
    "重点提案督办情况": ["【请补写：领办、督办的情况和成效】"],
    "主要做法和存在的问题": ["【请补写：主要做法，可写提高提案质量、协商办理、督办、公开等；存在的问题】"],
    "下一步工作": ["【请补写：下一步提案工作的安排】"],
}


@pytest.fixture
def head():
    return people.holder(people.organization("committee", "提案委员会", code="proposals"), "head", "孙立群")


def imported(rows) -> Session:
    session = people.session()
    report = imports.run(ledgers.workbook(rows), "11-4")
    assert [problem.sentence for problem in report.errors] == []
    tables_are_counted()
    return session


def said(session: Session, user) -> dict[str, list[str]]:
    work = work_figures.gather(session, reader_of(user))
    return {part.title.partition("、")[2]: list(part.paragraphs) for part in sentences.sections(work)}


def test_sheqi_county_2025(head):
    session = imported(ledgers.sheqi())
    assert said(session, head) == {
        "提案提交和立案情况": [
            "十一届四次会议以来，共收到提案201件，201名委员提出提案或参加联名。",
            "经审查，立案171件，立案率85.1%；并案11件；不予立案19件。",
            "立案的提案中，委员提案171件。",
        ],
        "提案办理情况": [
            "共交办提案171件，交8个单位承办。已答复171件，办复率100.0%，按期答复率100.0%（统计日期齐全的171件，按期171件）。",
            "从办理结果看，已经解决或基本解决的（A类）171件，占100.0%。",
        ],
        "提案者评价情况": [
            "发出征询意见表171份，收回171份，收回率100.0%。",
            "对办理工作，满意171件，满意率100.0%。",
            "对办理结果，满意137件、基本满意34件，满意率100.0%。",
        ],
        "各类提案办理情况": [f"（一）社会建设类立案171件，占100.0%；已答复的，A类171件。{SUCCESS}"],
        **ENDING,
    }
    assert as_it_stood(session, head) == {
        date(2025, 4, 19): (0, 0, 0, 0, 0, 0, 0), date(2025, 4, 21): (134, 0, 7, 13, 114, 0, 0),
        date(2025, 5, 11): (201, 0, 11, 19, 171, 0, 0), date(2025, 5, 12): (201, 171, 11, 19, 0, 171, 0),
        date(2025, 7, 5): (201, 171, 11, 19, 0, 171, 44), date(2025, 7, 31): (201, 171, 11, 19, 0, 171, 171),
    }  # fmt: skip


def as_it_stood(session: Session, user) -> dict:
    """The ledger's rows were submitted on 20, 21 and 22 April, handed out on 12 May, answered from 1 to 20 July."""
    keys = ("received", "filed", "merged", "not_filed", "pending", "handled", "replied")
    when, figures = period.of_session(session, [session]), [registry.by_key()[key] for key in keys]
    found = {}
    for day in (
        date(2025, 4, 19),
        date(2025, 4, 21),
        date(2025, 5, 11),
        date(2025, 5, 12),
        date(2025, 7, 5),
        date(2025, 7, 31),
    ):
        values = counted(Asked(when, reader_of(user), {}, day), figures)
        found[day] = tuple(values[key].part for key in keys)
    return found


def test_juancheng_county_2025(head):
    """96 answered: 47 A, 42 B, 7 C; the shares are of the counts, so they make 100.1."""
    results = ["A"] * 47 + ["B"] * 42 + ["C"] * 7
    rows = [
        ledgers.handled(n, result, 类别="农业农村" if n <= 60 else "教科文卫体", 办理态度评价=None, 办理结果评价=None)
        for n, result in enumerate(results, start=1)
    ]
    found = said(imported(rows), head)
    assert found["提案办理情况"] == [
        "共交办提案96件，交8个单位承办。已答复96件，办复率100.0%，按期答复率100.0%（统计日期齐全的96件，按期96件）。",
        "从办理结果看，已经解决或基本解决的（A类）47件，占49.0%；正在解决或列入计划逐步解决的（B类）42件，占43.8%；"
        "因条件限制暂难解决的（C类）7件，占7.3%。",
    ]
    assert found["提案者评价情况"] == ["发出征询意见表96份，还没有收回。"]
    assert [words.removesuffix(SUCCESS) for words in found["各类提案办理情况"]] == [
        "（一）农业农村类立案60件，占62.5%；已答复的，A类47件、B类13件。",
        "（二）教科文卫体类立案36件，占37.5%；已答复的，B类29件、C类7件。",
    ]


def test_ningbo_2011(head):
    """591 forms sent, 527 returned; 99.8 % with the work, 98.5 % with the result (1 and 8 were dissatisfied)."""
    rows = [
        ledgers.handled(
            n, 类别="社会建设", 办理态度评价=("不满意" if n == 1 else "满意") if n <= 527 else None,
            办理结果评价=("不满意" if n <= 8 else "基本满意" if n <= 100 else "满意") if n <= 527 else None,
        )
        for n in range(1, 592)
    ]  # fmt: skip
    session = imported(rows)
    assert said(session, head)["提案者评价情况"] == [
        "发出征询意见表591份，收回527份，收回率89.2%。",
        "对办理工作，满意526件，满意率99.8%；不满意1件。",
        "对办理结果，满意427件、基本满意92件，满意率98.5%；不满意8件。",
    ]
    the_paper_and_the_page(session, head)


def the_paper_and_the_page(session: Session, head) -> None:
    client = Client()
    client.force_login(head)
    page = client.get("/reports/work-report/")
    assert page.status_code == 200 and "发出征询意见表591份，收回527份，收回率89.2%。" in page.content.decode()
    answer = client.get(f"/reports/work-report/?session={session.pk}&file=docx")
    paper = Document(io.BytesIO(answer.content))
    assert paper.paragraphs[0].text == "政协西平县第十一届委员会第四次会议以来\n提案工作情况的报告"
    categories, units = ([[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables)
    assert categories == [
        ["类别", "立案（件）", "占比", "A类", "B类", "C类", "D类"], ["社会建设", "591", "100.0%", "591", "0", "0", "0"],
        ["合计", "591", "100.0%", "591", "0", "0", "0"],
    ]  # fmt: skip
    assert len(units) == 9 and sum(int(row[1]) for row in units[1:]) == 591
    assert list(PaperExport.objects.values_list("what", flat=True)) == ["提案工作情况报告（十一届四次会议）"]
    assert client.get("/reports/work-report/?session=x").status_code == 400


def test_one_denominator_for_one_rate_and_halves_upwards(head):
    """1 of 16 is 6.25 %, which a clerk rounds to 6.3; of two forms one says nothing of the result, in the sentence, in
    the registry, in the table of units and in the note alike."""
    rows = [ledgers.handled(n, 主办单位="县教育局", 办理态度评价="满意", 办理结果评价=None) for n in range(1, 16)]
    rows.append(ledgers.handled(16, "B", 主办单位="县教育局", 办理态度评价="满意", 办理结果评价="满意"))
    session = imported(rows)
    found = said(session, head)
    assert found["提案者评价情况"][2] == "对办理结果，满意1件，满意率100.0%；没有填写的15件。"
    assert "（B类）1件，占6.3%" in found["提案办理情况"][1]
    asked = Asked(period.of_session(session, [session]), reader_of(head))
    value = counted(asked, [registry.by_key()["result_rate"]])["result_rate"]
    assert (value.part, value.whole, percent(1, 16)) == (1, 1, "6.3%")
    work = work_figures.gather(session, reader_of(head))
    assert work_report.unit_rows(work) == [("县教育局", "16", "100.0%", "—", "93.8%", "100.0%")]
    assert "附表里各单位的按期办复率看最近一轮" in sentences.note()  # so that the two are not taken for one
    assert "满意率＝（满意＋基本满意）÷填写了这一项的件数" in sentences.note() and "÷收回" not in sentences.note()


def test_nothing_is_said_in_words_or_left_out(head):
    session = people.session()
    assert said(session, head) == {"提案提交和立案情况": ["十一届四次会议以来，没有收到提案。"]}
    imported(
        [
            ledgers.row(1, 提案人=None, 提案形式="集体", 集体名称="民盟西平支部", 类别="其他"),
            ledgers.row(2, "待审", 案号=None),
        ]
    )
    found = said(session, head)
    assert found["提案提交和立案情况"][1] == "经审查，立案1件，立案率50.0%。另有1件正在审查。"
    assert found["提案办理情况"] == ["共交办提案1件，目前都在办理中。"] and "提案者评价情况" not in found


def test_the_table_adds_up_with_proposals_of_no_category(head):
    session = imported([ledgers.handled(n, 类别="社会建设" if n < 3 else None) for n in range(1, 6)])
    rows = work_report.category_rows(work_figures.gather(session, reader_of(head)))
    assert rows == [
        ("社会建设", "2", "40.0%", "2", "0", "0", "0"), ("未分类", "3", "60.0%", "3", "0", "0", "0"),
        ("合计", "5", "100.0%", "5", "0", "0", "0"),
    ]  # fmt: skip


def test_contacts_and_suggestions_of_the_portal():
    c = make.county()
    make.rated_and_published(c)
    found = said(c.session, c.staff)
    assert found["提案提交和立案情况"][0] == (
        "十一届四次会议以来，共收到提案1件，1名委员提出提案或参加联名。在任委员4人，提交或联名提案的1人，参与率25.0%。"
    )
    assert found["提案办理情况"] == [
        "共交办提案1件，交1个单位承办。已答复1件，办复率100.0%，按期答复率100.0%（统计日期齐全的1件，按期1件）。",
        "从办理结果看，已经解决或基本解决的（A类）1件，占100.0%。",
        "承办单位与提案者联系、面商的1件次，面商率100.0%（统计1件次）。",
        "承办单位逐条答复了2条具体建议，采纳2条，采纳率100.0%。",
    ]
    work = work_figures.gather(c.session, reader_of(c.staff))
    assert work_report.unit_rows(work) == [("县教育局", "1", "100.0%", "100.0%", "100.0%", "100.0%")]
