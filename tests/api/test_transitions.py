"""What may be done now, with the fields that it needs: enough for an app to build the form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.uploads import receive
from proposals.models import Assignment, Proposal
from tests.factories import county as make
from tests.factories import people
from workflow.models import Event

pytestmark = pytest.mark.django_db

V1 = "/api/v1"


def acts(client, case: str) -> dict:
    return {row["act"]: row for row in client.get(f"{V1}/{case}/transitions/").json()["acts"]}


def do(client, case: str, act: str, body=None):
    return client.post(f"{V1}/{case}/transitions/{act}/", body or {}, format="json")


def field(act: dict, name: str) -> dict:
    return next(row for row in act["fields"] if row["name"] == name)


def test_acts_of_a_draft(c, client_of):
    proposal = make.draft(c, suggestions=())
    answer = client_of(c.author).get(f"{V1}/proposals/{proposal.pk}/transitions/")
    body = answer.json()
    assert (body["state"], body["state_label"], body["version"]) == ("draft", "草稿", proposal.version)
    assert answer["ETag"] == f'"{proposal.version}"'
    shown = [(row["act"], row["label"], row["danger"], bool(row["blocked"])) for row in body["acts"]]
    assert shown == [
        ("invite", "邀请联名", False, True),
        ("submit", "提交", False, True),
        ("withdraw", "撤回", True, False),
        ("move_offline", "转线下办理", True, False),
    ]
    assert body["acts"][1]["blocked"] == {
        "code": "incomplete",
        "sentence": "还不能提交：请至少填写一条具体建议。",
        "next_step": "请点“继续编写”补充后再提交。",
    }


def test_fields_of_a_form(c, client_of):
    proposal = make.submitted(c)
    fields = acts(client_of(c.reviewer), f"proposals/{proposal.pk}")["pre_review"]["fields"]
    assert [(row["name"], row["type"], row["required"]) for row in fields] == [
        ("recommendation", "choice", True), ("business_category", "choice", False),
        ("overall_category", "choice", False), ("units", "choices", False), ("title", "text", False),
        ("situation", "long_text", False), ("reason", "long_text", False),
        ("suggestion_1", "long_text", False), ("suggestion_2", "long_text", False),
    ]  # fmt: skip
    recommendation, category, _overall, units, title = fields[:5]
    assert recommendation["choices"][0] == {"value": "file", "label": "建议立案"}
    assert (category["initial"], title["initial"], title["max_length"]) == (str(c.business.pk), proposal.title, 100)
    assert (len(units["choices"]), units["choices_url"]) == (3, None)


def test_long_choices_are_looked_up(c, client_of):
    for number in range(60):
        people.organization("unit", f"第{number:02d}单位")
    proposal = make.submitted(c)
    reviewer = client_of(c.reviewer)
    units = field(acts(reviewer, f"proposals/{proposal.pk}")["pre_review"], "units")
    assert (units["choices"], units["choices_url"]) == (
        None,
        f"{V1}/proposals/{proposal.pk}/transitions/pre_review/choices/units/",
    )
    page = reviewer.get(units["choices_url"], {"page_size": 10}).json()
    assert (page["count"], len(page["results"])) == (63, 10)
    found = reviewer.get(units["choices_url"], {"q": "xjyj"}).json()["results"]
    assert found == [{"value": str(c.unit.pk), "label": "县教育局"}]
    ended = reviewer.get(units["choices_url"], {"q": "没有这个单位"}).json()
    assert ended["results"] == []


def test_choices_are_those_the_form_accepts(c, client_of):
    main, other = make.filed(c), make.reviewed(c, title="关于校门口停车的提案")
    make.filed(c, title="关于疏通排水管网的提案")
    path = f"{V1}/proposals/{other.pk}/transitions/merge/choices/into/"
    head = client_of(c.head)
    assert [row["label"] for row in head.get(path, {"q": "排水"}).json()["results"]] == ["002 关于疏通排水管网的提案"]
    assert head.get(path).json()["results"][0] == {"value": str(main.pk), "label": f"001 {main.title}"}
    assert do(head, f"proposals/{other.pk}", "merge", {"into": other.pk, "reason": "试"}).status_code == 400


def test_fields_that_have_no_choices(c, client_of):
    proposal = make.submitted(c)
    reviewer = client_of(c.reviewer)
    names = ("title", "nothing", "reason")
    path = f"{V1}/proposals/{proposal.pk}/transitions/pre_review/choices"
    assert [reviewer.get(f"{path}/{name}/").status_code for name in names] == [404, 404, 404]


def test_static_choices_too(c, client_of):
    proposal = make.submitted(c)
    path = f"{V1}/proposals/{proposal.pk}/transitions/pre_review/choices/recommendation/"
    assert client_of(c.reviewer).get(path, {"q": "并案"}).json()["results"] == [{"value": "merge", "label": "建议并案"}]


def test_proxy_rating_takes_an_uploaded_scan(c, client_of):
    mine = make.replied(c, make.signed(c))
    staff = client_of(c.staff)
    scan = field(acts(staff, f"assignments/{mine.pk}")["rate_by_proxy"], "scan")
    assert (scan["type"], scan["choices"], scan["choices_url"]) == ("file", None, None)
    file = receive(SimpleUploadedFile("评价表.txt", "表".encode()), c.staff)
    body = {"person": c.author.person_id, "scan": str(file.pk), "attitude": "satisfied", "result": "satisfied"}
    answer = do(staff, f"assignments/{mine.pk}", "rate_by_proxy", body)
    assert (answer.status_code, answer.json()["files"][0]["name"]) == (200, "评价表.txt")
    assert Event.objects.get(act="rate_by_proxy").on_behalf_of == "周明远"


BODIES = [
    [], 1, "x", {"reason": {"a": 1}}, {"reason": ["甲"]}, {"reason": True}, {"reason": 1.5}, {"suggested_unit": "x"},
    {"suggested_unit": 10**30}, {"suggested_unit": "9" * 40}, {"suggested_unit": True}, {"suggested_unit": [1]},
    {"suggested_unit": "١", "reason": "甲"}, {"state": "replied"}, {"version": 3, "reason": "甲"}, {"": 1},
]  # fmt: skip


def test_bodies_that_do_not_fit(c, client_of):
    operator, mine = client_of(c.operator), make.signed(c)
    path = f"{V1}/assignments/{mine.pk}/transitions/request_return/"
    answers = [operator.post(path, body, format="json") for body in BODIES]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(400, "invalid")] * len(BODIES)
    assert Assignment.objects.get().state == "handling"


LISTS = ([10**30], ["9" * 30], ["x"], [True], [None], {"a": 1}, 7, [[1]], [1] * 201)


def test_lists_that_do_not_fit(c, client_of):
    reviewer, proposal = client_of(c.reviewer), make.submitted(c)
    body = {"recommendation": "file", "business_category": c.business.pk}
    answers = [do(reviewer, f"proposals/{proposal.pk}", "pre_review", {**body, "units": units}) for units in LISTS]
    found = [(answer.status_code, answer.json()["errors"][0]["pointer"]) for answer in answers]
    assert found == [(400, "/units")] * len(LISTS)


DATES = ("2026-13-01", "昨天", "9999-12-31", "", 20260101, "2026-01-01T00:00:00Z", "0001-01-01")


def test_dates(c, client_of):
    operator, mine = client_of(c.operator), make.signed(c)
    body = {"stage": "before", "method": "visit", "participants": "甲", "content": "乙"}
    given = (*DATES, f"{timezone.localdate()}")
    answers = [do(operator, f"assignments/{mine.pk}", "log_contact", {**body, "on": on}) for on in given]
    assert [answer.status_code for answer in answers] == [400] * len(DATES) + [200]
    assert "不能早于交办的" in answers[-2].json()["errors"][0]["detail"]


MOMENTS = ("0001-01-01T00:00", "9999-12-31T23:59", "x", 1, "2026-02-30T00:00")


def test_moments(c, client_of):
    author, proposal = client_of(c.author), make.draft(c)
    body = {"persons": [c.cosigner.person_id]}
    answers = [do(author, f"proposals/{proposal.pk}", "invite", {**body, "closes_at": at}) for at in MOMENTS]
    assert [answer.json()["errors"][0]["pointer"] for answer in answers] == ["/closes_at"] * len(MOMENTS)


def test_acts_that_are_nobodys(c, client_of):
    proposal = make.assigned(c)
    acts = ("nothing", "record_from_ledger", "all_replied", "close", "close_unrated")
    for person, status in ((c.author, 403), (c.head, 403), (c.operator, 403), (c.administrator, 404)):
        client = client_of(person)
        answers = [do(client, f"proposals/{proposal.pk}", act, {"state": "closed"}) for act in acts]
        assert [answer.status_code for answer in answers] == [status] * len(acts)
    assert Proposal.objects.get().state == "handling"


def test_guards_speak_before_the_form(c, client_of):
    mine = make.signed(c)
    answer = do(client_of(c.operator), f"assignments/{mine.pk}", "submit_reply")
    assert (answer.status_code, answer.json()["code"], answer.json()["next_step"]) == (
        409,
        "reply_incomplete",
        "请点“撰写答复”补充。",
    )


def test_the_event_tells_door_and_address(c, client_of):
    proposal = make.draft(c)
    do(client_of(c.author), f"proposals/{proposal.pk}", "submit")
    event = Event.objects.get(act="submit")
    assert (event.door, event.ip, event.actor, event.capacity) == ("api", "127.0.0.1", c.author, "第一提案人")
