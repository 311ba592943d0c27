"""提案审查情况报告: the sentences, written by hand, for ledgers whose figures are known; the page; the paper."""

import io

import pytest
from django.test import Client
from docx import Document

from members.models import Session
from proposals.acts import ProposalAct
from proposals.kinds import Disposition
from proposals.ledger import imports
from proposals.models import PaperExport
from proposals.statistics import NOT_RECORDED, session_report
from reports.papers import review_report
from reports.papers import review_sentences as sentences
from tests.factories import county as make
from tests.factories import people
from tests.migrated_rows import tables_are_counted
from tests.proposals.ledger import ledgers
from workflow.engine import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swept")]
FEATURES = [f"【请补写：主要特点之{n}，可写选题、调研、联名和集体提案、建议的可行性等】" for n in "一二三"]
NEXT = ["【请补写：编号交办、办理协商、督办、公开等安排】"]


def imported(rows, code: str = "11-4") -> Session:
    session = people.session()
    report = imports.run(ledgers.workbook(rows), code)
    assert [problem.sentence for problem in report.errors] == []
    tables_are_counted()
    return session


def said(session: Session, counting: str = "outside") -> list[list[str]]:
    return [list(part.paragraphs) for part in sentences.sections(session, session_report(session, counting), counting)]


def test_sheqi_county_2025():
    session = imported(ledgers.sheqi())
    assert said(session) == [
        [
            "十一届四次会议提案征集从2026年1月21日开始，到2026年4月22日14时截止。本次会议共收到提案201件，201名委员提出提案或参加联名。",
            "经审查，立案171件，立案率85.1%；并案11件；不予立案19件。审查工作已全部完成。",
            "不予立案的19件提案，已按有关规定处理：转为意见建议19件。",
            "立案的提案中，委员提案171件。",
        ],
        [
            "立案的171件提案，按类别统计见附表。",
            "（一）社会建设类171件，占100.0%。【请补写：主要围绕哪些问题、提出哪些建议】",
        ],
        FEATURES,
        NEXT,
    ]
    inside = said(session, "inside")
    assert inside[0][1] == "经审查，立案182件（含并案11件），立案率90.5%；不予立案19件。审查工作已全部完成。"
    assert inside[1][0] == "立案的182件提案，按类别统计见附表。"


def test_joint_collective_pending_and_withdrawn():
    rows = [
        ledgers.row(1, 类别="农业农村"),
        ledgers.row(2, 提案人="张三、李四", 提案形式="联名", 类别="农业农村"),
        ledgers.row(3, 提案人=None, 提案形式="集体", 集体名称="民盟西平支部", 类别="其他"),
        ledgers.row(4, "待审", 案号=None),
        ledgers.row(5, "撤案", 案号=None),
        ledgers.row(6, "不予立案", 案号=None, 转办去向="社情民意"),
        ledgers.row(7, "不予立案", 案号=None),
    ]
    first, classes, *_rest = said(imported(rows))
    assert first[1:] == [
        "经审查，立案3件，立案率42.9%；不予立案2件；撤案1件。另有1件正在审查。",
        "不予立案的2件提案，已按有关规定处理：转为社情民意信息1件，去向未登记1件。",
        "立案的提案中，委员提案2件（其中联名提案1件），党派、团体、界别、委员组和专委会等集体提案1件。",
    ]
    assert [words.split("【")[0] for words in classes[1:]] == [
        "（一）农业农村类2件，占66.7%。",
        "（二）其他类1件，占33.3%。",
    ]


def test_every_way_of_a_rejected_proposal_has_its_words():
    """One that was moved offline is counted and not named."""
    assert set(sentences.WAYS) == {*Disposition, NOT_RECORDED}
    c = make.county()
    gone = make.filed(c)
    title = gone.title
    perform(ProposalAct.MOVE_OFFLINE, gone, c.head, {"reason": "内容不宜上网"})
    report = session_report(c.session)
    assert sentences.ways(report) == ["不予立案的1件提案，已按有关规定处理：转线下渠道办理1件。"]
    client = Client()
    client.force_login(c.staff)
    page = client.get("/reports/review/")
    assert page.status_code == 200 and title not in page.content.decode()


def test_zeros_are_words():
    session = people.session()
    assert said(session) == [["十一届四次会议提案征集从2026年1月21日开始，到2026年4月22日14时截止，没有收到提案。"]]
    imported([ledgers.row(1, "待审", 案号=None)])
    assert said(session)[:2] == [
        [
            "十一届四次会议提案征集从2026年1月21日开始，到2026年4月22日14时截止。本次会议共收到提案1件，1名委员提出提案或参加联名。",
            "经审查，没有立案的提案。另有1件正在审查。",
        ],
        ["本次会议没有立案的提案。"],
    ]
    assert sentences.categories(session_report(session)) == []


def test_the_paper():
    session = imported(ledgers.sheqi())
    paper = Document(io.BytesIO(review_report.write(session, session_report(session), "outside")))
    text = [line.text for line in paper.paragraphs]
    assert text[:2] == ["政协西平县第十一届委员会第四次会议\n提案审查情况的报告", "政协西平县委员会提案委员会"]
    assert "统计口径：并案单列：被并入的提案不计入立案数，主提案计入立案数。立案率＝立案件数÷收到件数。" in text
    [table] = paper.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["类别", "立案（件）", "占比"], ["社会建设", "171", "100.0%"], ["合计", "171", "100.0%"],
    ]  # fmt: skip


def test_the_page_is_the_committees(django_assert_num_queries):
    c = make.county()
    make.filed(c)
    answers = {}
    for role, user in c.roles().items():
        client = Client()
        client.force_login(user)
        answers[role] = [client.get("/reports/review/", data).status_code for data in (
            {}, {"file": "docx"}, {"session": "x"}, {"counting": "none"},
        )]  # fmt: skip
    assert {role: codes for role, codes in answers.items() if codes != [403] * 4} == {
        role: [200, 200, 400, 400] for role in ("staff", "head", "reviewer")
    }
    assert set(PaperExport.objects.values_list("what", flat=True)) == {"提案审查情况报告（十一届四次会议）"}
    assert PaperExport.objects.count() == 3


def test_without_any_session():
    c = make.county()
    Session.objects.all().delete()
    client = Client()
    client.force_login(c.staff)
    assert client.get("/reports/review/").status_code == 400
