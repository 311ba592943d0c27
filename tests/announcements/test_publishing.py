"""发布, 补发, 提醒, 撤回: who is told, once, in which words, and what they can still read."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from announcements import attachments, drafting, receipts
from announcements.acts import Act
from announcements.audience import audience_of
from announcements.models import Announcement, Recipient
from documents.uploads import receive
from members.models import Member
from members.periods import today
from notices import delivery
from notices.models import Message, Outbox
from tests.factories import announcements as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.models import Event

MEMBERS = ("author", "cosigner", "invitee", "other_member")


def names_of(users) -> list[str]:
    return sorted(user.person.name if user.person else user.username for user in users)


def told(one: Announcement) -> list[int]:
    return sorted(one.recipients.values_list("user_id", flat=True))


def keys(*users) -> list[int]:
    return sorted(user.pk for user in users)


def messages_of(user) -> list[str]:
    return list(Message.objects.of(user).order_by("pk").values_list("subject", flat=True))


def audience(c, **fields) -> list[str]:
    return names_of(audience_of(make.draft(c, people=[], **fields)).users)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("members", "周明远 李素芬 郭建业 赵文博 沈国华"), ("operators", "吴小兰 冯雪 曹立新"),
        ("unit_leaders", "郑向东 陈志刚"), ("dispatch", "丁国强"), ("staff", "何静 孙立群 马晓燕"),
        ("leaders", "沈国华 林志远"),
    ],
)  # fmt: skip
def test_kinds_of_people(c, kind, names):
    people.member("沈国华", seat_kind="vice_chair")
    people.holder(people.organization("leadership", "县政府"), "leader", "林志远")
    assert names_of(audience_of(make.draft(c, people=[kind])).users) == sorted(names.split())


def test_bodies_names_and_everybody(c):
    sector = people.organization("sector", "教育界")
    Member.objects.filter(person=c.author.person).update(sector=sector)
    people.person("没有账号的人")
    closed = people.holder(c.unit, "operator", "账号停用的人")
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    lone = people.appoint(people.person("刚来的人"), c.unit, "operator").person

    assert audience(c, organizations=[c.unit, sector]) == sorted(["吴小兰", "郑向东", "周明远"])
    assert audience(c, persons=[c.contact.person, lone]) == ["蒋文静"]
    assert len(audience(c, for_everybody=True)) == type(c.staff).objects.filter(is_active=True).count()
    meant = audience_of(make.draft(c, people=[], organizations=[c.unit])).unreachable
    assert sorted(meant.values_list("name", flat=True)) == sorted(["刚来的人", "账号停用的人"])
    # The people of a body that was merged into another are found where they are now.
    heir = people.organization("unit", "县教育体育局", system="government")
    who = people.holder(heir, "operator", "接办人")
    type(c.unit).objects.filter(pk=c.unit.pk).update(successor=heir)
    assert who.person.name in audience(c, organizations=[c.unit])


def test_a_dispatch_office_reaches_the_people_of_its_units_only(c):
    office = people.organization("dispatch", "县委督查室", system="party")
    writer = people.holder(office, "staff", "薛东")
    mine = people.holder(people.organization("unit", "县委组织部", system="party"), "operator", "高强")
    wide = {"for_everybody": True, "people": ["members", "operators", "staff"], "organizations": [c.unit, c.party],
            "persons": [c.author.person, mine.person]}  # fmt: skip
    assert names_of(audience_of(make.draft(c, writer, **wide)).users) == ["高强"]
    # An office without a system answers for the units of all.
    assert names_of(audience_of(make.draft(c, c.dispatch, **wide)).users) == sorted(
        ["高强", "吴小兰", "冯雪", "曹立新", "郑向东"]
    )


def test_publishing_tells_everybody_once_and_mails_no_words(c):
    one = make.published(c, priority="urgent", receipt_required=True, persons=[c.staff.person, c.operator.person])
    members = [getattr(c, name) for name in MEMBERS]
    assert told(one) == keys(*members, c.operator)  # not whoever pressed the button
    delivery.deliver_due()
    delivery.deliver_due()
    row = Message.objects.get(recipient=c.author)
    assert (row.subject, row.body, row.url) == ("提案委员会发布紧急通知公告，请签收", "", f"/announcements/{one.pk}/")
    assert (row.kind, row.urgent) == ("announcement", True)
    assert Message.objects.count() == len(members) + 1
    event = Event.objects.get(act="publish", process="announcement")
    assert (event.data, event.capacity) == ({"recipients": 5}, "发布单位")


def test_what_is_not_complete_is_not_published(c):
    for fields, missing in (({"title": ""}, "标题"), ({"body": "", "people": []}, "正文、发给谁")):
        with pytest.raises(Refused) as refused:
            perform(Act.PUBLISH, make.draft(c, **fields), c.staff)
        assert (refused.value.sentence, refused.value.code) == (f"还没有填写：{missing}。", "incomplete")
    for fields, code in (
        ({"people": [], "persons": [people.person("没有账号")]}, "nobody"),
        ({"expires_on": today() - timedelta(days=1)}, "over"),
    ):
        with pytest.raises(Refused) as refused:
            perform(Act.PUBLISH, make.draft(c, **fields), c.staff)
        assert refused.value.code == code
    assert (Recipient.objects.count(), Outbox.objects.count()) == (0, 0)


def test_reading_and_signing_happen_once(c):
    one = make.published(c, receipt_required=True)
    delivery.deliver_due()
    receipts.mark_read(one, c.author)
    first = Recipient.objects.of(c.author).get().read_at
    receipts.mark_read(one, c.author)
    receipts.sign(one, c.cosigner)
    signed = Recipient.objects.of(c.cosigner).get()
    receipts.sign(one, c.cosigner)
    assert Recipient.objects.of(c.author).get().read_at == first
    assert Recipient.objects.of(c.cosigner).get().signed_at == signed.signed_at == signed.read_at
    assert Message.objects.of(c.author).unread().count() == 0
    with pytest.raises(NotFound):
        receipts.sign(one, c.operator)
    with pytest.raises(Refused) as refused:
        receipts.sign(make.published(c), c.author)
    assert refused.value.code == "no_receipt"


def test_a_reminder_goes_to_the_unread_once_per_working_day(c):
    one = make.published(c)
    receipts.mark_read(one, c.author)
    Outbox.objects.all().delete()
    perform(Act.REMIND, one, c.staff)
    delivery.deliver_due()
    assert messages_of(c.author) == []
    assert messages_of(c.cosigner) == ["请阅读提案委员会的通知公告"]
    with pytest.raises(Refused) as refused:
        perform(Act.REMIND, one, c.staff)
    assert refused.value.code == "reminded"
    Announcement.objects.filter(pk=one.pk).update(reminded_on=today() - timedelta(days=12))
    perform(Act.REMIND, one, c.staff)
    Announcement.objects.filter(pk=one.pk).update(reminded_on=None)
    for name in MEMBERS:
        receipts.mark_read(one, getattr(c, name))
    with pytest.raises(Refused) as refused:
        perform(Act.REMIND, one, c.staff)
    assert refused.value.code == "all_read"


def test_where_a_receipt_is_asked_for_reading_is_not_enough(c):
    one = make.published(c, receipt_required=True)
    Outbox.objects.all().delete()
    receipts.mark_read(one, c.author)
    receipts.sign(one, c.cosigner)
    perform(Act.REMIND, one, c.staff)
    delivery.deliver_due()
    assert messages_of(c.author) == ["请签收提案委员会的通知公告"]
    assert messages_of(c.cosigner) == []


def test_who_joins_later_is_sent_it_by_its_own_act(c):
    one = make.published(c)
    with pytest.raises(Refused) as refused:
        perform(Act.ADD, one, c.staff)
    assert refused.value.code == "nobody_new"
    late, left = people.member("新当选"), c.author.person
    Member.objects.filter(person=left).update(ends=today() - timedelta(days=1))
    assert Announcement.objects.visible_to(late).count() == 0
    Outbox.objects.all().delete()
    perform(Act.ADD, one, c.staff)
    delivery.deliver_due()
    assert told(one) == keys(*(getattr(c, name) for name in MEMBERS), late)  # who left keeps what they were sent
    assert messages_of(late) == ["提案委员会发布通知公告"]
    assert messages_of(c.cosigner) == []


def test_withdrawing_tells_and_takes_the_text_away(c, browse):
    one = make.draft(c)
    file = receive(SimpleUploadedFile("议程.txt", "议程".encode()), c.staff)
    attachments.keep(one, c.staff, [str(file.pk)])
    perform(Act.PUBLISH, one, c.staff)
    delivery.deliver_due()
    reader = browse(c.author)
    assert reader.get(f"/documents/{file.pk}/").status_code == 200
    assert browse(c.operator).get(f"/documents/{file.pk}/").status_code == 404
    perform(Act.WITHDRAW, one, c.staff, {"reason": "时间有变"})
    delivery.deliver_due()
    assert messages_of(c.author) == ["提案委员会发布通知公告", "提案委员会撤回了一份通知公告"]
    page = reader.get(f"/announcements/{one.pk}/").content.decode()
    assert ("时间有变" in page, "请准时参加" in page, "议程.txt" in page) == (True, False, False)
    assert reader.get(f"/documents/{file.pk}/").status_code == 404
    assert "请准时参加" not in reader.get("/inbox/").content.decode()
    # The body that issued it still reads what it had sent.
    assert "请准时参加" in browse(c.head).get(f"/announcements/{one.pk}/").content.decode()
    assert browse(c.staff).get(f"/documents/{file.pk}/").status_code == 200


def test_the_text_is_fixed_once_it_is_out(c):
    one = make.published(c)
    with pytest.raises(Refused) as refused:
        drafting.save(one, c.staff, {"title": "改动"})
    assert refused.value.code == "not_draft"
    with pytest.raises(NotAllowed):
        drafting.save(one, c.author, {"title": "改动"})
    with pytest.raises(NotFound):
        drafting.save(one, c.operator, {"title": "改动"})
    assert Announcement.objects.get().title == one.title


def test_many_cost_no_more_statements(c, django_assert_num_queries):
    """Publishing stays within a transition's dozen, and delivering to ten is as many statements as to four."""
    for index in range(6):
        people.member(f"委员{index}")
    one = make.draft(c)
    with django_assert_num_queries(10):
        perform(Act.PUBLISH, one, c.staff)
    assert one.recipients.count() == 10


def test_a_closed_account_is_nobody_to_remind(c):
    one = make.published(c, people=["unit_leaders"])
    get_user_model().objects.filter(pk__in=told(one)).update(is_active=False)
    with pytest.raises(Refused, match="能收到提醒的人都已阅读"):
        perform(Act.REMIND, Announcement.objects.get(pk=one.pk), c.staff)
