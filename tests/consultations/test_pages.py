"""Every page × everybody, what is typed is never lost, nonsense gets a sentence, many rows cost no more."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from docx import Document

from consultations.models import Opinion, Outcome, Plan, Recommendation, Topic
from tests.counts import cells
from tests.documents.changed import OWN_LINE, change
from tests.factories import consultations as make
from tests.factories import county, people

MEMBERS = "author cosigner invitee other_member chair"
HOUSE = "staff head reviewer office"
UNITS = "operator leader other_operator other_leader"  # of the units that help and that were asked
EVERYBODY = f"{MEMBERS} {HOUSE} {UNITS} third_operator dispatch contact administrator county_leader"
READERS = f"{MEMBERS} {HOUSE} {UNITS} dispatch county_leader"
# name → (address, who gets 200, who gets 403; everybody else 404)
PAGES = {
    "topics": ("", EVERYBODY, ""),
    "topic": ("topics/{topic}/", READERS, ""),
    "topic_act": ("topics/{topic}/acts/add_survey/", "staff head office", f"{MEMBERS} reviewer {UNITS} dispatch county_leader"),
    "minutes": ("topics/{topic}/meetings/{meeting}.docx", f"author cosigner chair {HOUSE} {UNITS} dispatch county_leader", ""),
    "new_topic": ("topics/new/", "staff head office", "*"),
    "opinion": ("topics/{asking}/opinion/", MEMBERS, f"{HOUSE} operator leader other_operator other_leader dispatch county_leader"),
    "opinion_act": ("opinions/{opinion}/acts/take_back/", "author", f"cosigner {MEMBERS} staff head office"),
    "plans": ("plans/", EVERYBODY, ""),
    "plan": ("plans/{plan}/", f"{READERS} third_operator", ""),
    "plan_docx": ("plans/{plan}.docx", f"{READERS} third_operator", ""),
    "plan_act": ("plans/{draft}/acts/write/", "office", "staff head reviewer"),
    "new_plan": ("plans/new/", "office", "*"),
    "ideas": ("ideas/", EVERYBODY, ""),
    "idea": ("ideas/{idea}/", f"author {HOUSE}", ""),
    "idea_act": ("ideas/{idea}/acts/decline/", "office", "author staff head reviewer"),
    "new_idea": ("ideas/new/", f"{MEMBERS} staff head office operator other_operator third_operator", "*"),
    "outcome": ("outcomes/{outcome}/", f"author cosigner chair {HOUSE} operator leader dispatch county_leader", ""),
    "outcome_docx": ("outcomes/{outcome}.docx", f"author cosigner chair {HOUSE} operator leader dispatch county_leader", ""),
    "outcome_act": ("outcomes/{outcome}/acts/instruct/", "staff head office chair county_leader",
                    "author cosigner reviewer operator leader dispatch"),
    "write_outcome": ("outcomes/{unwritten}/write/", "staff head office", "chair"),
    "outcomes": ("outcomes/", EVERYBODY, ""),
    "items": ("items/", EVERYBODY, ""),
    "item": ("items/{item}/", f"author cosigner chair {HOUSE} operator leader dispatch county_leader", ""),
    "item_act": ("items/{item}/acts/progress/", "operator",
                 f"author cosigner chair {HOUSE} leader dispatch county_leader"),
    "figures": ("figures/", f"{HOUSE} chair dispatch county_leader", "*"),
}  # fmt: skip
POSTED = {"opinion_autosave", "outcome_autosave"}
NONSENSE = (
    "?page=999999",
    "?year=abc&state=x&q=%00",
    "?show=x&unit=-1&kind=99999999999999999999",
    "?year=2025&file=xlsx",
)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One county with a topic of each stage, built once; nothing here changes it."""
    from tests.api.world import undoing

    with django_db_blocker.unblock(), undoing():
        yield build()


def build() -> tuple:
    c = county.county()
    h = make.house(c)
    item = make.answered(c)
    asking = make.asking(c)
    later = make.plan(c, item.topic.year + 1)
    leader = people.holder(people.organization("leadership", "县政府"), "leader", "林志远")
    keys = {
        "topic": item.topic_id, "item": item.pk, "outcome": item.outcome_id, "plan": item.topic.plan_id, "draft": later.pk,
        "asking": asking.pk, "opinion": make.opinion(asking, c.author).pk, "idea": make.idea(c, later).pk,
        "meeting": item.topic.meetings.get().pk, "unwritten": make.outcome(c, make.held(c)).pk,
    }  # fmt: skip
    users = {**c.roles(), "office": h.office, "chair": h.chair, "county_leader": leader}
    return c, keys, users


@pytest.fixture
def undone(world, django_db_blocker):
    from tests.api.world import undoing

    with django_db_blocker.unblock(), undoing():
        yield world


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_address_has_its_row():
    included = [row for row in get_resolver().url_patterns if getattr(row, "namespace", "") == "consultations"]
    assert {pattern.name for pattern in included[0].url_patterns} == PAGES.keys() | POSTED


def wanted(name: str, role: str) -> int:
    _address, may, refused = PAGES[name]
    return 200 if role in may.split() else 403 if refused == "*" or role in refused.split() else 404


def test_people(undone):
    _c, keys, users = undone
    wrong, clients = {}, {role: client_of(user) for role, user in users.items()}
    for name, role in cells(PAGES, list(users), wanted):
        got = clients[role].get("/consultations/" + PAGES[name][0].format(**keys)).status_code
        if got != wanted(name, role):
            wrong[role, name] = got
    assert wrong == {}
    assert Client().get("/consultations/").status_code == 302


def test_the_paper_of_an_outcome(undone):
    """Its text, and each recommendation with its unit; by the template of its form where staff changed that."""
    _c, keys, users = undone
    outcome = Outcome.objects.get(pk=keys["outcome"])
    words = outcome_paper(users["staff"], outcome)
    assert words[1] == outcome.title and f"{outcome.sent_to}：" in words and outcome.text.split("\n")[0] in words
    items = [item.text.rstrip("。") for item in outcome.items.order_by("position")]
    units = [str(item.unit) for item in outcome.items.order_by("position")]
    assert words[words.index("协商建议") + 1 :][: len(items)] == [
        f"（{number}）{text}。（承办单位：{unit}）"
        for number, text, unit in zip("一二三四五", items, units, strict=False)
    ]
    change(f"outcome_{outcome.kind}", users["staff"])
    assert outcome_paper(users["staff"], outcome) == [*words, OWN_LINE]


def outcome_paper(user, outcome: Outcome) -> list[str]:
    answer = client_of(user).get(f"/consultations/outcomes/{outcome.pk}.docx")
    return [line.text for line in Document(io.BytesIO(answer.content)).paragraphs if line.text.strip()]


def test_nonsense_is_answered(undone):
    _c, _keys, users = undone
    client = client_of(users["staff"])
    for page in ("", "ideas/", "items/", "figures/", "plans/", "topics/new/"):
        for query in NONSENSE:
            assert client.get(f"/consultations/{page}{query}").status_code == 200, (page, query)
    for query in ("?plan=x&idea=99999999999999999999", "?idea=%F0%9F%98%80"):
        assert client.get(f"/consultations/topics/new/{query}").status_code == 200
    bad = {"kind": "999", "form": "x", "title": "题" * 200, "plan": "-1", "year": "1", "month": "13", "lead": "\x00"}
    answer = client.post("/consultations/topics/new/", bad)
    assert (answer.status_code, "题" * 200 in answer.content.decode()) == (400, True)
    office = client_of(users["office"])
    assert [
        office.post("/consultations/plans/new/", {"year": year}).status_code
        for year in ("", "1", "abc", str(_c and Plan.objects.first().year))
    ] == [400] * 4


def test_a_members_words_are_never_lost(undone):
    c, keys, users = undone
    me, address = client_of(c.cosigner), f"/consultations/topics/{keys['asking']}/opinion/"
    first = me.post(f"{address}autosave/", {"text": "写到一半", "version": ""}).json()
    assert (first["version"], first["autosave_url"], first["page_url"]) == (1, f"{address}autosave/", address)
    again = me.post(f"{address}autosave/", {"text": "写到一半，接着写", "version": "1"}).json()
    assert again["version"] == 2
    clash = me.post(f"{address}autosave/", {"text": "另一台手机", "version": "1"})
    assert (clash.status_code, clash.json()["theirs"]) == (409, {"text": ["写到一半，接着写"]})
    too_long = me.post(address, {"text": "长" * 3001, "version": "2"})
    assert (too_long.status_code, "长" * 3001 in too_long.content.decode()) == (400, True)
    assert me.post(address, {"text": "", "version": "2", "onward": "1"}).status_code == 409  # nothing to submit
    sent = me.post(address, {"text": "说完了", "version": "3", "onward": "1"})
    assert (sent.status_code, Opinion.objects.get(person=c.cosigner.person).state) == (302, "submitted")
    locked = me.post(f"{address}autosave/", {"text": "再改", "version": "4"})
    assert locked.status_code == 403
    refused = client_of(c.operator).post(f"{address}autosave/", {"text": "单位"})
    assert refused.status_code == 403
    other = client_of(c.staff).post(
        f"/consultations/outcomes/{keys['unwritten']}/write/autosave/", {"title": "题", "text": "新稿", "version": ""}
    )
    assert (other.status_code, Outcome.objects.get(pk=keys["unwritten"]).text) == (200, "新稿")


def queries(user, page: str) -> int:
    client = client_of(user)
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_many_rows_cost_no_more(undone):
    c, _keys, users = undone
    pages = {
        ("staff", "/consultations/"): 8, ("author", "/consultations/"): 9, ("staff", "/consultations/ideas/"): 7,
        ("staff", "/consultations/items/"): 9, ("operator", "/consultations/items/"): 8, ("staff", "/consultations/plans/"): 5,
        ("staff", "/consultations/figures/"): 11, ("staff", "/consultations/outcomes/"): 6,
    }  # fmt: skip
    few = {key: queries(users[key[0]], key[1]) for key in pages}
    for _ in range(3):
        make.sent(c, units=[c.unit, c.other_unit])
        make.asking(c)
        make.idea(c, Plan.objects.get(state="draft"), title=f"又一条{_}")
    many = {key: queries(users[key[0]], key[1]) for key in pages}
    assert few == many
    assert {key: number for key, number in few.items() if number > 12} == {}
    assert (Topic.objects.count(), Recommendation.objects.sent().count()) == (9, 7)


def with_everything(c, topic: Topic, serial: int = 0) -> None:
    """Another survey, meeting, speech, file, opinion, outcome on the topic."""
    day = {"first_day": "2026-01-05", "last_day": "2026-01-06", "team": [c.author.person_id], "findings": "情况"}
    make.perform("add_survey", topic, c.staff, {**day, "places": f"村{serial}"})
    make.perform("add_file", topic, c.staff, {"file": str(county.sealed(c.staff).pk), "note": "部门情况"})
    said = {"meeting": topic.meetings.first().pk, "kind": "answer", "unit": c.unit.pk, "text": f"答{serial}"}
    make.perform("record_speech", topic, c.staff, said)
    Opinion.objects.create(
        topic=topic, person=people.person(), state="submitted", text="说过的", saved_at=topic.dated_at,
        submitted_at=topic.dated_at,
    )  # fmt: skip
    make.perform("draft_outcome", topic, c.staff, {"kind": topic.kind.outcomes[0], "title": f"又一份{serial}"})


def test_the_page_of_a_case_asks_twelve_at_most(undone):
    """Of everybody who may open it, whatever is in it, and no more when there is more of it."""
    c, keys, users = undone
    topic = Topic.objects.get(pk=keys["topic"])
    with_everything(c, topic)
    pages = {
        f"topics/{keys['topic']}/": "topic", f"topics/{keys['asking']}/": "topic", f"outcomes/{keys['outcome']}/": "outcome",
        f"items/{keys['item']}/": "item", f"plans/{keys['plan']}/": "plan", f"ideas/{keys['idea']}/": "idea",
    }  # fmt: skip
    asked = {(page, role) for page, name in pages.items() for role in users if wanted(name, role) == 200}
    few = {(page, role): queries(users[role], f"/consultations/{page}") for page, role in asked}
    assert {key: number for key, number in few.items() if number > 12} == {}
    for n in range(3):
        with_everything(c, topic, n + 1)
    there = [key for key in few if key[0] == f"topics/{topic.pk}/"]
    assert {key: queries(users[key[1]], f"/consultations/{key[0]}") for key in there} == {
        key: few[key] for key in there
    }
