"""Inviting co-signers: by sector, by search, and what each invited person may then do."""

from datetime import timedelta

from django.utils import timezone

from members.models import Member, Person
from proposals.acts import ProposalAct
from proposals.models import Cosignature
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform


def invited(c, *users) -> Cosignature:
    """The first of the invitations to the author's draft."""
    proposal = make.draft(c)
    soon = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    ids = [user.person_id for user in users]
    perform(ProposalAct.INVITE, proposal, c.author, {"persons": ids, "closes_at": soon})
    return proposal.cosignatures.get(person=ids[0])


def names(page) -> list[str]:
    return [
        name
        for name in ("周明远", "李素芬", "郭建业", "赵文博")
        if name in page.text.split("联名截止时间")[0].split("按界别")[-1]
    ]


def test_everybody_in_office_but_oneself_by_sector(c, browse):
    sector = people.organization("sector", "教育界")
    Member.objects.filter(person=c.cosigner.person).update(sector=sector)
    page = browse(c.author).go(f"/proposals/{make.draft(c).pk}/acts/invite/")
    assert "教育界（1 人）" in page.text
    assert names(page) == ["李素芬", "郭建业", "赵文博"]


def test_searching_keeps_what_is_ticked(c, browse):
    page = browse(c.author).go(f"/proposals/{make.draft(c).pk}/acts/invite/")
    for wanted, found in [("郭", ["李素芬", "郭建业"]), ("gjy", ["李素芬", "郭建业"]), ("zhao", ["李素芬", "赵文博"])]:
        result = page.press("查找", name=wanted, persons=[c.cosigner.person_id])
        assert [n for n in ("李素芬", "郭建业", "赵文博") if f"{n}" in result.text] == found
        assert ("persons", str(c.cosigner.person_id)) in result.form("邀请联名").values


def test_inviting_and_answering(c, browse):
    proposal = make.draft(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/check/").follow("先邀请其他委员联名")
    page = page.press("邀请联名", persons=[c.cosigner.person_id, c.invitee.person_id])
    assert "邀请已发出。" in page.text
    page = browse(c.cosigner).go("/").follow("答复联名邀请关于加强校园周边交通管理的提案")
    assert "增设减速带" in page.text
    assert "您已同意联名。" in page.press("同意联名", reason="很有必要").text
    page = browse(c.author).go(f"/proposals/{proposal.pk}/")
    assert "李素芬 同意联名 附言：很有必要" in page.text
    assert "邀请已撤回。" in page.follow("撤回邀请：郭建业").press("撤回邀请").text
    states = dict(Cosignature.objects.values_list("person__name", "state"))
    assert states == {"李素芬": "agreed", "郭建业": "recalled"}


def test_nobody_chosen_is_said(c, browse):
    page = browse(c.author).go(f"/proposals/{make.draft(c).pk}/acts/invite/").press("邀请联名")
    assert page.status == 400
    assert any(href == "#id_persons" for _text, href in page.links)


def test_a_time_gone_by_is_said_and_the_choice_kept(c, browse):
    page = browse(c.author).go(f"/proposals/{make.draft(c).pk}/acts/invite/")
    page = page.press("邀请联名", persons=[c.cosigner.person_id], closes_at="2020-01-01T08:00")
    assert "截止时间须晚于现在，请改填。" in page.text
    assert ("persons", str(c.cosigner.person_id)) in page.form("邀请联名").values


def test_a_collective_invites_nobody(c, browse):
    proposal = make.collective_draft(c)
    page = browse(c.contact).go(f"/proposals/{proposal.pk}/acts/invite/")
    assert page.status == 403


def test_people_without_a_seat_are_not_offered(c, browse):
    Person.objects.create(name="无席位者")
    assert "无席位者" not in browse(c.author).go(f"/proposals/{make.draft(c).pk}/acts/invite/").text
