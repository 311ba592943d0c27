"""What belongs to cases in the admin: everything can be searched and filtered, nothing of the engine's can be changed."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from proposals.models import Contact, Rating, Reply, Upgrade
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.transition import all_processes

from .scene import text

pytestmark = pytest.mark.django_db

# Written by acts, by what follows from them, or by a job; never by a form of the admin.
ENGINE_OWNED = {
    "Reply", "Contact", "Upgrade", "KeyConsultation", "Rating", "Cosignature", "Review", "TripartiteMeeting", "AwardNomination", "ArchiveJob", "PaperExport",
}  # fmt: skip


def admins() -> dict:
    return {model.__name__: one for model, one in admin.site._registry.items() if model._meta.app_label == "proposals"}


@pytest.mark.parametrize("name", sorted(admins()))
def test_every_list_is_searched_and_filtered(name):
    one = admins()[name]
    assert (name, bool(one.search_fields), bool(one.list_filter)) == (name, True, True)


def test_what_the_engine_owns_is_read_only_even_to_the_head_and_to_administrators(s):
    cases = {process.model.__name__ for process in all_processes()}
    for user in (s.users["head"], s.users["system"], people.user("超级", is_superuser=True)):
        request = RequestFactory().get("/")
        request.user = user
        may = {
            name: (one.has_add_permission(request), one.has_change_permission(request), one.has_delete_permission(request))
            for name, one in admins().items() if name in ENGINE_OWNED | cases
        }  # fmt: skip
        assert may == dict.fromkeys((ENGINE_OWNED | cases) & admins().keys(), (False, False, False))


def test_a_form_sent_past_the_page_changes_nothing(s):
    mine = make.replied(s.c, make.signed(s.c))
    perform("rate", mine, s.c.author, make.rating("satisfied", "basically"))
    rating, reply = Rating.objects.get(), Reply.objects.get()
    for row, field in ((rating, "result"), (reply, "result_class"), (mine.proposal, "title"), (mine, "round")):
        address = reverse(f"admin:proposals_{row._meta.model_name}_change", args=[row.pk])
        before = getattr(type(row).objects.get(pk=row.pk), field)
        assert s.client("head").post(address, {field: "satisfied"}).status_code == 403
        assert getattr(type(row).objects.get(pk=row.pk), field) == before
    page = text(s.client("head").get(reverse("admin:proposals_proposal_change", args=[mine.proposal_id])))
    assert "更正" in page and "撤下公开" not in page


def test_found_by_the_case_the_unit_and_the_people(s, django_assert_num_queries):
    mine = make.replied(s.c, make.signed(s.c, title="关于修补乡道的提案"))
    make.replied(s.c, make.signed(s.c, title="关于农村饮水的提案"))
    perform("rate", mine, s.c.author, make.rating())
    client = s.client("staff")

    def found(model: str, **query) -> list[str]:
        rows = client.get(f"/admin/proposals/{model}/", query).context["cl"].result_list
        return sorted({str(admins()[model.capitalize()].case_of(row)) for row in rows})

    both, one = ["关于修补乡道的提案", "关于农村饮水的提案"], ["关于修补乡道的提案"]
    assert [found("reply", q=words) for words in ("乡道", "教育局", "001", "财政局", "%_'")] == [one, both, one, [], []]
    assert [found("reply", sent=value) for value in ("yes", "no", "x")] == [both, [], both]
    assert [found("contact", q="经办人"), found("contact", stage__exact="before"), found("rating", q="周明远")] == [
        both,
        both,
        one,
    ]
    Upgrade.objects.create(reply=mine.replies.get(), reason="已办结", asked_by=s.c.operator, asked_at=timezone.now())
    assert [found("upgrade", q=words) for words in ("乡道", "饮水")] == [one, []]
    contact = mine.contacts.filter(method="visit").get()
    perform(
        "log_contact",
        mine,
        s.c.operator,
        {
            "stage": "after",
            "method": "phone",
            "on": str(timezone.localdate()),
            "participants": "双方",
            "content": "回访",
        },
    )
    perform("void_contact", mine, s.c.head, {"contact": contact.pk, "reason": "日期有误"})
    assert found("contact", q="乡道", method__exact="visit") == one  # the voided one is still found here
    assert found("rating", result__exact="dissatisfied") == [] and Contact.objects.count() == 4
    with django_assert_num_queries(8):
        client.get("/admin/proposals/reply/")


def test_an_office_reads_what_is_its_systems(s):
    mine = make.replied(s.c, make.signed(s.c))
    party = people.holder(people.organization("dispatch", "县委督查室", system="party"), "staff", "许涛")
    type(s.c.unit).objects.filter(pk=s.c.unit.pk).update(system="government")
    client = s.client("dispatch")
    client.force_login(party)
    assert list(client.get("/admin/proposals/reply/").context["cl"].result_list) == []
    assert client.get("/admin/proposals/review/").status_code == 403
    client.force_login(s.c.dispatch)
    assert [row.assignment_id for row in client.get("/admin/proposals/reply/").context["cl"].result_list] == [mine.pk]
