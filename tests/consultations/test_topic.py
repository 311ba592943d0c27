"""A topic from its start to its minutes: dates counted back, invitations, members' opinions, the meeting."""

import io
from datetime import date, timedelta

import pytest
from docx import Document

from consultations import dates, drafting, recomputing
from consultations.acts import OpinionAct, TopicAct
from consultations.kinds import Mode
from consultations.models import Opinion, Participant, Topic
from consultations.sections import topic as section
from consultations.todo import todo_for
from consultations.views.topics import to_speak
from deadlines import calendar
from deadlines.models import CalendarDay
from members.models import Member
from members.periods import today
from notices import delivery
from notices.feed.sources import entries_of
from notices.models import Message
from notices.reminders import scan
from tests.factories import consultations as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused, TooLate
from workflow.models import Event
from workflow.querysets import read_case


def fresh(topic: Topic, user=None) -> Topic:
    return read_case(Topic, topic.pk, user) if user else Topic.objects.for_acting().get(pk=topic.pk)


def messages_of(user) -> list[str]:
    return list(Message.objects.of(user).order_by("pk").values_list("subject", flat=True))


def test_notice_and_materials_are_counted_back_in_working_days(c):
    """15 and 10 working days before; National Day 2026 lies between."""
    assert dates.before(dates.NOTICE, date(2026, 10, 20)) == date(2026, 9, 22)
    assert dates.before(dates.MATERIALS, date(2026, 10, 20)) == date(2026, 9, 30)
    one = make.preparing(c)
    assert (one.notice_due_on, one.materials_due_on) == (
        calendar.add_workdays(one.meets_on, -15), calendar.add_workdays(one.meets_on, -10),
    )  # fmt: skip
    # A day off that is announced later moves what has not gone out, with an act of its own.
    day = one.notice_due_on + timedelta(days=1)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    CalendarDay.objects.update_or_create(date=day, defaults={"name": "全县活动放假", "source": "county"})
    changes = recomputing.recompute_topics()
    assert [change.what for change in changes] == [f"{one.number} 协商通知"]
    assert fresh(one).notice_due_on == calendar.add_workdays(one.meets_on, -15) < one.notice_due_on
    assert (recomputing.recompute_topics(), Event.objects.filter(act="redate").count()) == ([], 1)


def test_what_goes_out_late_says_why_and_a_new_date_is_told(c):
    one = make.preparing(c, days=4)
    with pytest.raises(Invalid) as invalid:
        perform(TopicAct.SEND_NOTICE, one, c.staff, {"notice": "请参加。"})
    assert list(invalid.value.errors) == ["reason"]
    perform(TopicAct.SEND_NOTICE, one, c.staff, {"notice": "请参加。", "reason": "县里临时安排"})
    with pytest.raises(Invalid):
        perform(
            TopicAct.SET_DATE, one, c.staff, {"meets_on": (today() + timedelta(days=70)).isoformat(), "place": "二楼"}
        )
    moved = {"meets_on": (today() + timedelta(days=70)).isoformat(), "place": "二楼", "reason": "与全会冲突"}
    perform(TopicAct.SET_DATE, one, c.staff, moved)
    delivery.deliver_due()
    assert messages_of(c.author)[-3:] == [
        f"{one.number}：邀请委员",
        f"{one.number}：发出协商通知",
        f"{one.number}：确定协商日期",
    ]
    assert messages_of(c.operator)[1:] == [
        f"{one.number}：{label}" for label in ("启动，制定工作方案", "确定协商日期", "发出协商通知", "确定协商日期")
    ]


def test_invitations_by_name_and_by_sector_happen_once(c):
    sector = people.organization("sector", "教育界")
    Member.objects.filter(person__in=[c.invitee.person, c.author.person]).update(sector=sector)
    one = make.preparing(c)
    perform(TopicAct.INVITE, one, c.staff, {"bodies": [sector.pk], "persons": [c.cosigner.person_id]})
    assert sorted(one.participants.values_list("person__name", flat=True)) == sorted(["周明远", "李素芬", "郭建业"])
    with pytest.raises(Refused) as refused:
        perform(TopicAct.INVITE, one, c.staff, {"bodies": [sector.pk]})
    assert (refused.value.code, Participant.objects.count()) == ("nobody_new", 3)
    for bad in ({}, {"persons": ["x"]}, {"persons": [10**17]}, {"persons": [c.operator.person_id]}):
        with pytest.raises(Invalid):
            perform(TopicAct.INVITE, one, c.staff, bad)


def test_opinions_open_invited_and_mixed(c):
    one = make.asking(c, mode="invited")
    assert [bool(to_speak(user)) for user in (c.author, c.other_member, c.operator)] == [True, False, False]
    with pytest.raises(NotAllowed):
        drafting.save_opinion(fresh(one, c.other_member), c.other_member, "我也说两句")
    with pytest.raises(NotAllowed):
        drafting.save_opinion(fresh(one, c.operator), c.operator, "单位的意见")
    asked = {"mode": "open", "question": "怎样管好？", "until": (today() + timedelta(days=9)).isoformat()}
    perform(TopicAct.ASK_OPINIONS, one, c.staff, asked)
    mine = make.opinion(one, c.other_member, "明确路长。")
    assert (mine.state, fresh(one).mode) == ("submitted", Mode.OPEN)
    # The author's draft is nobody else's; taken back it is one again.
    perform(OpinionAct.TAKE_BACK, mine, c.other_member)
    seen = [Opinion.objects.visible_to(user).count() for user in (c.other_member, c.author, c.staff, c.operator)]
    assert seen == [1, 0, 0, 0]
    with pytest.raises(Refused) as refused:
        drafting.save_opinion(fresh(one, c.other_member), c.other_member, "旧页", seen=1)
    assert (type(refused.value), Opinion.objects.get().text) == (TooLate, "明确路长。")
    perform(OpinionAct.SUBMIT, mine, c.other_member)
    with pytest.raises(Refused):
        drafting.save_opinion(fresh(one, c.other_member), c.other_member, "再改")
    perform(TopicAct.STOP_OPINIONS, one, c.staff)
    for act, user, case in ((OpinionAct.TAKE_BACK, c.other_member, mine),):
        with pytest.raises(Refused) as refused:
            perform(act, case, user)
        assert refused.value.code == "closed"
    with pytest.raises(Refused) as refused:
        drafting.save_opinion(fresh(one, c.author), c.author, "来晚了")
    assert refused.value.code == "closed"


def test_names_are_kept_from_other_members_if_so_promised(c, browse):
    one = make.asking(c, anonymous=True)
    make.opinion(one, c.author, "独有的第一句话")
    make.opinion(one, c.cosigner, "独有的第二句话")
    perform(
        TopicAct.GROUP,
        one,
        c.staff,
        {"heading": "资金投入", "opinions": list(Opinion.objects.values_list("pk", flat=True))},
    )

    def names(user) -> list[str]:
        reader = section.Reader.of(user, fresh(one, user))
        return [opinion.who for _heading, rows in section.said(fresh(one, user), reader).groups for opinion in rows]

    assert names(c.staff) == ["周明远", "李素芬"]
    assert names(c.author) == ["周明远", "一位委员"]
    assert names(c.other_member) == names(make.house(c).chair) == ["一位委员", "一位委员"]
    assert names(c.operator) == names(c.dispatch) == []
    page = browse(c.other_member).get(one.get_absolute_url()).content.decode()
    assert ("资金投入" in page, "独有的第一句话" in page, "周明远" in page) == (True, True, False)
    page = browse(c.operator).get(one.get_absolute_url()).content.decode()
    assert "独有的第一句话" not in page
    asked = {"mode": "open", "question": "怎样？", "until": (today() + timedelta(days=9)).isoformat()}
    with pytest.raises(Invalid):  # what was promised holds
        perform(TopicAct.ASK_OPINIONS, one, c.staff, asked)


def test_reminders_todo_and_calendar(c):
    one = make.asking(c)
    Topic.objects.filter(pk=one.pk).update(dated_at="2026-01-05T09:00+08:00", asked_at="2026-01-05T09:00+08:00")
    todo = {item.what: item.due_on for item in todo_for(c.staff)}
    assert todo == {"发出协商通知": one.notice_due_on, "发出会议材料": one.materials_due_on}
    assert [item.what for item in todo_for(c.author)] == ["发表协商意见"]
    assert (todo_for(c.other_member), todo_for(c.operator)) == ([], [])
    from deadlines import book as books

    found = scan.find_due(one.notice_due_on, books.load())
    assert {(row.step, row.recipient_id, row.offset) for row in found if row.case_kind == "topic"} >= {
        ("consult_notice", c.staff.pk, 0), ("consult_notice", c.head.pk, 0),
    }  # fmt: skip
    late = scan.find_due(calendar.add_workdays(one.notice_due_on, 3), books.load())
    assert {row.recipient_id for row in late if row.step == "consult_notice" and row.audience == "leading"} == {
        make.house(c).chair.pk
    }
    mine = next(entry for entry in entries_of(c.author) if entry.key == f"topic-{one.pk}-meeting")
    assert (mine.summary, mine.starts.date(), one.title in mine.summary) == (
        f"协商会：{one.number}",
        one.meets_on,
        False,
    )
    make.opinion(one, c.author)
    assert [item.what for item in todo_for(c.author)] == []


def test_the_meeting_its_speeches_and_minutes(c, browse):
    one, day = make.held(c), today().isoformat()
    meeting = one.meetings.get()
    assert meeting.minutes_due_on == calendar.add_workdays(today(), 7)
    assert [item.what for item in todo_for(c.staff)] == ["起草协商成果", "印发会议纪要"]
    said = {"meeting": meeting.pk, "kind": "answer", "text": "年内修好。"}
    with pytest.raises(Invalid) as invalid:
        perform(TopicAct.RECORD_SPEECH, one, c.staff, said | {"name": "王局长"})
    assert list(invalid.value.errors) == ["unit"]
    perform(TopicAct.RECORD_SPEECH, one, c.staff, said | {"unit": c.unit.pk})
    perform(
        TopicAct.RECORD_SPEECH,
        one,
        c.staff,
        {**said, "kind": "speech", "person": c.author.person_id, "text": "要有专人。"},
    )
    paper = browse(c.author).get(f"/consultations/topics/{one.pk}/meetings/{meeting.pk}.docx")
    words = "\n".join(line.text for line in Document(io.BytesIO(paper.content)).paragraphs)
    assert ("部门解答" in words, "县教育局：年内修好。" in words, "周明远：要有专人。" in words) == (True, True, True)
    assert browse(c.other_member).get(f"/consultations/topics/{one.pk}/meetings/{meeting.pk}.docx").status_code == 404
    perform(TopicAct.ISSUE_MINUTES, one, c.staff, {"meeting": meeting.pk, "on": day})
    assert [item.what for item in todo_for(c.staff)] == ["起草协商成果"]
    with pytest.raises(Refused) as refused:
        perform(TopicAct.ISSUE_MINUTES, one, c.staff, {"meeting": meeting.pk, "on": day})
    assert refused.value.code == "minutes_issued"


def test_another_committee_reads_and_does_not_act(c):
    one = make.preparing(c)
    other = people.holder(people.organization("committee", "经济委员会"), "staff", "石磊")
    with pytest.raises(NotAllowed):
        perform(TopicAct.HOLD, one, other, make.meeting(c))
    with pytest.raises(NotFound):
        perform(TopicAct.HOLD, one, people.user("外人"), make.meeting(c))
    assert fresh(one).state == "preparing"
