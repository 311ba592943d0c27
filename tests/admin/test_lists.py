"""The lists: what they find, what they ask of the database, and what they do with nonsense."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import PaperTemplate
from members.models import Organization
from opinions.admin import ForTheOffice
from proposals.acts import CommitmentAct
from proposals.models import Commitment, Proposal
from tests.counts import WHOLE, some
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

from .doing import PROPOSALS, SHARES
from .scene import text

pytestmark = pytest.mark.django_db


def titles(page) -> list[str]:
    return [row.title for row in page.context["cl"].result_list]


@pytest.fixture
def four(s):
    return [
        make.filed(s.c, title="关于加强校园周边停车管理的提案"), make.submitted(s.c, title="关于农村饮水安全的提案"),
        make.submitted(s.c, title="关于老旧小区加装电梯的提案"), make.submitted(s.c, title="关于秸秆禁烧的提案"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("停车", ["关于加强校园周边停车管理的提案"]),
        ("饮水 安全", ["关于农村饮水安全的提案"]),
        ("001", ["关于加强校园周边停车管理的提案"]),
        ("第 1 号", ["关于加强校园周边停车管理的提案"]),
        ("11-4-0002", ["关于农村饮水安全的提案"]),
        ("没有这回事", []),
        ("%_'\"\\", []),
    ],
)
def test_proposals_are_found_by_what_people_type(s, four, words, found):
    assert titles(s.client("staff").get(PROPOSALS, {"q": words})) == found


def test_proposals_are_found_by_who_proposes(s, four):
    page = s.client("staff").get(PROPOSALS, {"q": s.c.author.person.name})
    assert len(titles(page)) == 4


def test_a_collective_is_found_by_a_part_of_its_name(s):
    case = make.confirmed(s.c)
    make.perform("submit", case, s.c.contact)
    assert titles(s.client("staff").get(PROPOSALS, {"q": "民盟"})) == [case.title]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "submitted"}, 3), ({"state": "to_assign"}, 1), ({"state": "to_number"}, 0), ({"state": "filed"}, 4),
        ({"due": "overdue"}, 0), ({"session": "nonsense"}, 4), ({"kind__exact": "individual"}, 4),
    ],
)  # fmt: skip
def test_filters(s, four, query, count):
    """What is not among the choices filters nothing."""
    assert len(titles(s.client("staff").get(PROPOSALS, query))) == count


def test_queues_count_what_waits(s, four):
    queues = s.client("staff").get(PROPOSALS).context["queues"]
    assert [(queue["label"], queue["count"]) for queue in queues] == [("待审查", 3), ("待交办", 1)]
    assert [queue["url"] for queue in queues] == [f"{PROPOSALS}?state=submitted", f"{PROPOSALS}?state=to_assign"]


def test_late_shares_are_marked(s):
    share = make.signed(s.c)
    type(share).objects.filter(pk=share.pk).update(due_on="2026-01-05")
    client = s.client("dispatch")
    assert "2026-01-05 逾期" in text(client.get(SHARES, {"due": "overdue"}))
    assert [queue["label"] for queue in client.get(SHARES).context["queues"]] == ["办理中", "逾期"]


def test_late_promises_are_those_of_the_portal(s):
    """Reported as done in time is not late, reported late is."""
    for late_by in (None, 0, 2):
        make.replied(s.c, make.signed(s.c), result_class="B")
        row, due, done = Commitment.objects.latest("pk"), date(2026, 1, 5), {}
        if late_by is not None:
            perform(CommitmentAct.REPORT_DONE, row, s.c.operator, {"done_on": str(due), "result": "已完成。"})
            done = {"done_on": due + timedelta(days=late_by)}
        Commitment.objects.filter(pk=row.pk).update(due_on=due, **done)
    page = s.client("staff").get(reverse("admin:proposals_commitment_changelist"), {"late": "yes"})
    queues = {queue["label"]: queue["count"] for queue in page.context["queues"]}
    portal = s.client("staff").get("/proposals/commitments/?due=overdue").context["page"].paginator.count
    assert (queues["已逾期"], page.context["cl"].result_count, portal) == (2, 2, 2)


def test_nobody_else_sees_a_draft_in_the_list(s):
    make.draft(s.c)
    for role in ("staff", "head", "reviewer", "dispatch"):
        assert titles(s.client(role).get(PROPOSALS)) == []


def queries(client, url: str) -> int:
    client.get(url)  # content types and the like are read once
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("url", "role", "count"), [(PROPOSALS, "staff", 11), (PROPOSALS, "dispatch", 11), (SHARES, "dispatch", 9)]
)
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_cases_ask_the_same_for_one_row_and_three(s, url, role, count, rows):
    for n in range(rows):
        make.assigned(s.c, title=f"关于第{n}件事的提案", division="lead")
    assert queries(s.client(role), url) == count


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_case_asks_the_same_for_one_unit_and_three(s, rows):
    units = [s.c.unit, s.c.other_unit, s.c.third_unit][:rows]
    case = make.filed(s.c)
    data = (
        {"division": "separate", "others": [u.pk for u in units]}
        if rows > 1
        else {"division": "sole", "unit": s.c.unit.pk}
    )
    make.perform("assign", case, s.c.staff, data)
    assert queries(s.client("dispatch"), reverse("admin:proposals_proposal_change", args=[case.pk])) == 22


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "role", "count"),
    [
        ("members_person", "staff", 8), ("members_member", "staff", 8), ("members_appointment", "system", 7),
        ("members_organization", "staff", 7), ("members_user", "system", 9),
    ],
)  # fmt: skip
def test_lists_of_people_ask_the_same_for_one_row_and_three(s, model, role, count, rows):
    for n in range(rows):
        people.appoint(people.member(f"新人{n}"), s.c.unit, "operator")
    assert queries(s.client(role), reverse(f"admin:{model}_changelist")) == count


NONSENSE = [
    "?o=99.-1.x", "?p=abc", "?p=-5", "?p=99999999999999999999", "?q=%00", "?q=" + "长" * 500, "?e=1", "?all=", "?_facets=True",
    "?id__in=a,b", "?password__startswith=x", "?state=%27%3B--", "?pk=abc", "?_popup=1&_to_field=x", "?starts__year=abc",
    "?submitted_at__year=99999", "?kind__exact=%00", "?session=" + "9" * 40, "?_changelist_filters=%F0%9F%98%80",
]  # fmt: skip


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_is_no_fault_of_the_portal(s, query):
    """With small counts each address goes to every fourth list, and each list is given every fourth."""
    make.assigned(s.c)
    client = s.client("system")
    client.force_login(s.c.administrator, backend="members.backends.AppointmentBackend")
    for model_admin in some(admin.site._registry.values(), NONSENSE.index(query), of=4):
        url = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
        assert (url, client.get(url + query).status_code < 500) == (url, True)


@pytest.mark.parametrize(
    ("model", "condition"),
    [
        ("members/user", "password__startswith=argon2"), ("members/user", "phone__startswith=1"),
        ("members/user", "person__phone__startswith=1"), ("members/user", "groups__user__password__startswith=a"),
        ("members/person", "phone__startswith=1"), ("members/person", "phone=13812345678"),
        ("members/person", "email__contains=a"), ("members/person", "pk__gte=1"), ("members/member", "person__phone=1"),
        ("members/profilechange", "old__startswith=1"), ("members/profilechange", "new__startswith=1"),
        ("notices/message", "body__contains=a"), ("notices/delivery", "address__startswith=a"),
        ("proposals/proposal", "body__contains=a"),
    ],
)  # fmt: skip
def test_a_list_answers_no_question_about_columns_that_its_filters_do_not_name(s, model, condition):
    client = s.client("system")
    client.force_login(s.c.administrator, backend="members.backends.AppointmentBackend")
    assert client.get(f"/admin/{model}/?{condition}").status_code == 400


def filters_in(page) -> list[str]:
    """Every choice of every filter; with small counts the first that filters and the last of each."""
    changelist = page.context["cl"]
    of_each = [[choice["query_string"] for choice in spec.choices(changelist)] for spec in changelist.filter_specs]
    return [
        query for queries in of_each for query in (queries if WHOLE else dict.fromkeys(queries[1:2] + queries[-1:]))
    ]


def test_every_filter_of_every_list_works(s):
    make.assigned(s.c)
    client = s.client("system")
    client.force_login(s.c.administrator, backend="members.backends.AppointmentBackend")
    for model_admin in admin.site._registry.values():
        url = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
        asking = (
            s.kept_client("office") if isinstance(model_admin, ForTheOffice) else client
        )  # reports are the office's
        if model_admin.model is PaperTemplate:  # a page of kinds, without filters
            assert asking.get(url).status_code == 200
            continue
        asked = filters_in(asking.get(url))
        assert [(url, query) for query in asked if asking.get(url + query).status_code != 200] == []
    assert client.get(f"/admin/members/person/?pk__in={s.c.author.person_id}").status_code == 200


KEYS = ["abc", "0", "9" * 30, "%F0%9F%98%80", "1_2F", "..%2F..", "None"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_nonsense_for_a_row_is_no_fault_of_the_portal(s, key, page):
    client = s.client("system")
    client.force_login(s.c.administrator, backend="members.backends.AppointmentBackend")
    for model_admin in some(admin.site._registry.values(), KEYS.index(key), of=3):
        url = f"/admin/{model_admin.opts.app_label}/{model_admin.opts.model_name}/{key}/{page}/"
        assert (url, client.get(url).status_code < 500) == (url, True)


def test_nonsense_among_ticked_accounts_is_left_out(s):
    data = {"action": "give_one_time_passwords", "index": "0", "_selected_action": ["abc", "9" * 40, "-1"]}
    assert s.client("system").post("/admin/members/user/", data, follow=True).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["", "?term=x", "?app_label=members&model_name=member&field_name=sector&term=" + "长" * 300,
     "?app_label=auth&model_name=user&field_name=password", "?app_label=members&model_name=member&field_name=sector&page=x"],
)  # fmt: skip
def test_nonsense_for_the_suggestions_under_a_box(s, query):
    assert s.client("staff").get(f"/admin/autocomplete/{query}").status_code < 500


def test_suggestions_are_those_the_field_may_hold(s):
    people.organization("sector", "教育界")
    Organization.objects.create(kind="unit", name="县教育体育局", starts="2022-01-01")
    found = s.client("staff").get("/admin/autocomplete/", {
        "app_label": "members", "model_name": "member", "field_name": "sector", "term": "教育",
    }).json()  # fmt: skip
    assert [row["text"] for row in found["results"]] == ["教育界"]


def test_a_proposal_without_dates_is_listed_too(s):
    """From a ledger that says nothing of dates."""
    Proposal.objects.create(session=s.c.session, state="submitted", title="关于旧事的提案", origin="ledger")
    assert titles(s.client("staff").get(PROPOSALS)) == ["关于旧事的提案"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("members/person/", ["<h1>人员</h1>", "新增人员", "筛选", "共 "]),
        ("members/person/add/", ["<h1>新增人员</h1>"]),
        ("deadlines/holidaynotice/", ["<h1>年度放假安排</h1>", "新增年度放假安排"]),
    ],
)
def test_the_admin_speaks_as_people_do(s, path, words):
    page = text(s.client("staff").get(f"/admin/{path}"))
    assert [word for word in words if word not in page] == []
    assert [word for word in ("来修改", "增加 ", "过滤器", "显示计数", "县政协 · 智慧政协") if word in page] == []
    assert "西平县智慧政协" in page
