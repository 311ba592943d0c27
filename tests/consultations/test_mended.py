"""Corrections of what was entered wrongly, the date of the report, one topic of two presses, whose 批示 who enters."""

import re
from datetime import timedelta

import pytest

from consultations import recomputing
from consultations.acts import OutcomeAct, TopicAct
from consultations.models import Instruction, Speech, Topic
from consultations.todo import todo_for
from deadlines import calendar
from deadlines.models import CalendarDay
from documents.models import Attachment
from members.models import Member
from members.periods import today
from notices import delivery
from notices.feed.sources import entries_of
from notices.models import Message
from notices.reminders import scan
from tests.factories import consultations as make
from tests.factories import county, people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, Refused
from workflow.models import Event

from .correcting import every_correction, speech_data, survey_data


def fresh(topic: Topic) -> Topic:
    return Topic.objects.for_acting().get(pk=topic.pk)


def refusal(act, topic, user, data) -> dict:
    with pytest.raises(Invalid) as invalid:
        perform(act, topic, user, data)
    return {name: errors[0] for name, errors in invalid.value.errors.items()}


def test_what_was_wrong_is_put_right_and_the_record_says_what_stood_there(c, browse):
    one = every_correction(perform, c)
    survey, meeting, speech = one.surveys.get(), one.meetings.get(), Speech.objects.get()
    assert (survey.places, sorted(map(str, survey.team.all()))) == ("人和乡", ["周明远", "李素芬"])
    assert (meeting.chair, [str(who) for who in meeting.present.all()]) == ("主席王建国", ["李素芬"])
    assert (speech.text, [str(row.person) for row in one.participants.all()]) == ("经费还在申请。", ["周明远"])
    event = Event.objects.get(act="correct_survey")
    assert (event.actor, event.reason, event.data["shown"]) == (c.staff, "地点写错", [
        ["更正的登记", f"{today():%Y-%m-%d} 出山镇"], ["地点", "原为：出山镇\n改为：人和乡"],
        ["参加的委员", "原为：周明远\n改为：李素芬、周明远"],
    ])  # fmt: skip
    delivery.deliver_due()
    assert Message.objects.of(c.cosigner).order_by("pk").last().subject == f"{one.number}：撤回邀请"
    page = browse(c.staff).get(one.get_absolute_url()).content.decode()
    for act, row in (("correct_survey", f"survey={survey.pk}"), ("correct_meeting", f"meeting={meeting.pk}"),
                     ("correct_speech", f"speech={speech.pk}")):  # fmt: skip
        url = f"/consultations/topics/{one.pk}/acts/{act}/"
        assert page.count(f"{url}?{row}") == 1 == page.count(url)
        form = browse(c.staff).get(f"{url}?{row}").content.decode()
        assert {"correct_survey": "人和乡", "correct_meeting": "主席王建国", "correct_speech": "经费还在申请。"}[
            act
        ] in form
        assert browse(c.staff).get(f"{url}?survey=x&meeting=9&speech={'9' * 30}").status_code == 200
    assert "更正" not in browse(c.author).get(one.get_absolute_url()).content.decode().partition("办理记录")[0]


def test_what_cannot_be_put_right_says_why(c):
    one = every_correction(perform, c)
    survey, meeting, speech = one.surveys.get(), one.meetings.get(), Speech.objects.get()
    same = survey_data(c, places="人和乡", survey=survey.pk, reason="再改", team=[p.pk for p in survey.team.all()])
    assert refusal(TopicAct.CORRECT_SURVEY, one, c.staff, same) == {
        "reason": "没有改动。请把写错的地方改过来，再保存。"
    }
    other = make.held(c, title="别的议题")
    assert list(
        refusal(TopicAct.CORRECT_MEETING, one, c.staff, make.meeting(c, meeting=other.meetings.get().pk, reason="改"))
    ) == ["meeting"]
    gone = make.meeting(c, meeting=meeting.pk, remove="on", reason="重复")
    assert refusal(TopicAct.CORRECT_MEETING, one, c.staff, gone) == {
        "remove": "这个议题只登记了这一次会议，不能删去。请把写错的地方改过来。"
    }
    perform(TopicAct.HOLD, one, c.staff, make.meeting(c))
    assert list(refusal(TopicAct.CORRECT_MEETING, one, c.staff, gone)) == ["remove"]
    with pytest.raises(NotAllowed):
        perform(TopicAct.CORRECT_MEETING, one, c.author, gone)
    # A row that was entered twice goes; its words stay in the record, its files with the topic.
    Attachment.objects.filter(pk=county.sealed(c.staff).pk).update(subject="consultations.survey", subject_id=survey.pk)
    perform(TopicAct.CORRECT_SURVEY, one, c.staff, {**same, "remove": "on"})
    perform(
        TopicAct.CORRECT_SPEECH,
        one,
        c.staff,
        speech_data(meeting.pk, speech=speech.pk, remove="on", reason="不是他说的"),
    )
    perform(TopicAct.CORRECT_MEETING, one, c.staff, gone)
    assert (one.surveys.count(), Speech.objects.count(), one.meetings.count()) == (0, 0, 1)
    assert Attachment.objects.get(subject="consultations.topic").subject_id == one.pk
    assert ["内容", "经费还在申请。"] in Event.objects.filter(act="correct_speech").latest("pk").data["shown"]
    with pytest.raises(Refused) as refused:
        perform(TopicAct.CORRECT_SURVEY, one, c.staff, same)
    assert refused.value.code == "no_surveys"
    # Behind issued minutes nothing is changed.
    day = {"meeting": one.meetings.get().pk, "on": today().isoformat()}
    perform(TopicAct.ISSUE_MINUTES, one, c.staff, day)
    with pytest.raises(Refused) as refused:
        perform(TopicAct.CORRECT_MEETING, one, c.staff, make.meeting(c, meeting=day["meeting"], reason="改"))
    assert "纪要已经印发" in refused.value.sentence
    asking = make.asking(c, title="还在征集")
    make.opinion(asking, c.author)
    wrong = refusal(TopicAct.UNINVITE, asking, c.staff, {"persons": [c.author.person_id], "reason": "换人"})
    assert wrong == {"persons": "周明远已经写了意见，不能撤回邀请。请把他们从名单里去掉再办。"}


def test_who_has_left_office_stays_in_what_is_put_right(c, browse):
    one = make.held(c)
    meeting = one.meetings.get()
    perform(TopicAct.RECORD_SPEECH, one, c.staff, speech_data(meeting.pk, person=c.author.person_id, name=""))
    perform(TopicAct.ADD_SURVEY, one, c.staff, survey_data(c))
    Member.objects.filter(person=c.author.person).update(ends=today() - timedelta(days=1))
    page, keys = f"/consultations/topics/{one.pk}/acts/", (Speech.objects.get().pk, one.surveys.get().pk)
    for act, row, name in (("correct_meeting", f"meeting={meeting.pk}", "present"),
                           ("correct_speech", f"speech={keys[0]}", "person"),
                           ("correct_survey", f"survey={keys[1]}", "team")):  # fmt: skip
        field = browse(c.staff).get(f"{page}{act}/?{row}").context["form"][name]
        assert c.author.person in field.field.queryset
    perform(TopicAct.CORRECT_MEETING, one, c.staff, make.meeting(c, meeting=meeting.pk, place="乡政府", reason="地点"))
    said = speech_data(meeting.pk, speech=keys[0], person=c.author.person_id, name="", text="改", reason="字")
    perform(TopicAct.CORRECT_SPEECH, one, c.staff, said)
    perform(TopicAct.CORRECT_SURVEY, one, c.staff, survey_data(c, survey=keys[1], places="人和乡", reason="地点"))
    there = (*one.meetings.get().present.all(), *one.surveys.get().team.all(), Speech.objects.get().person)
    assert there == (c.author.person,) * 3
    # Nobody else who is not in office comes in, and the page of a row that is gone shows another as it stands.
    Member.objects.filter(person=c.cosigner.person).update(ends=today() - timedelta(days=1))
    wrong = make.meeting(c, meeting=meeting.pk, present=[c.cosigner.person_id], reason="改")
    assert list(refusal(TopicAct.CORRECT_MEETING, one, c.staff, wrong)) == ["present"]
    form = browse(c.staff).get(f"{page}correct_meeting/?meeting=9999999").context["form"]
    assert (form["place"].value(), form["meeting"].value()) == ("乡政府", meeting.pk)


def test_the_report_has_its_date_and_two_open_minutes_have_two_keys(c):
    one = make.held(c)
    due = calendar.add_workdays(today(), 20)
    assert (fresh(one).report_due_on, {item.what: item.due_on for item in todo_for(c.staff)}["起草协商成果"]) == (
        due,
        due,
    )
    yesterday = (today() - timedelta(days=1)).isoformat()
    meeting = one.meetings.get()
    perform(
        TopicAct.CORRECT_MEETING, one, c.staff, make.meeting(c, meeting=meeting.pk, on=yesterday, reason="日期写错")
    )
    moved = calendar.add_workdays(today() - timedelta(days=1), 20)
    assert (fresh(one).held_on.isoformat(), fresh(one).report_due_on) == (yesterday, moved)
    assert one.meetings.get().minutes_due_on == calendar.add_workdays(today() - timedelta(days=1), 7)
    perform(TopicAct.HOLD, one, c.staff, make.meeting(c))
    # A day off that is announced later moves it too, with an act of its own, until the outcome is sent.
    topic, off = fresh(one), calendar.add_workdays(today(), 3)
    CalendarDay.objects.update_or_create(date=off, defaults={"name": "全县活动放假", "source": "county"})
    before = {row.on: row.minutes_due_on for row in one.meetings.all()}
    changes = recomputing.recompute_topics()
    assert [(change.what, change.old) for change in changes] == [
        (f"{one.number} 报送协商成果", topic.report_due_on),
        *[(f"{one.number} 会议纪要", due_on) for _day, due_on in sorted(before.items())],
    ]
    assert {row.on: row.minutes_due_on for row in one.meetings.all()} == {
        day: calendar.add_workdays(day, 7) for day in before
    }
    assert all(row.minutes_due_on > before[row.on] for row in one.meetings.all())
    assert topic.report_due_on < fresh(one).report_due_on == calendar.add_workdays(topic.held_on, 20)
    assert recomputing.recompute_topics() == []
    one = fresh(one)
    minutes = [entry for entry in entries_of(c.staff) if "印发会议纪要" in entry.summary]
    assert (len(minutes), len({entry.key for entry in minutes}), len({entry.url for entry in minutes})) == (2, 2, 2)
    from deadlines import book as books

    found = scan.find_due(fresh(one).report_due_on, books.load())
    assert {(row.recipient_id, row.case_kind) for row in found if row.step == "consult_report"} == {
        (c.staff.pk, "topic"), (c.head.pk, "topic"),
    }  # fmt: skip
    draft = make.outcome(c, one)
    perform(OutcomeAct.SUBMIT, draft, c.staff, {})
    perform(OutcomeAct.SIGN, draft, make.house(c).chair, {})
    assert {item.what: item.due_on for item in todo_for(c.staff)}["报送协商成果"] == fresh(one).report_due_on
    perform(OutcomeAct.SEND, draft, c.staff, make.send_data())
    assert [row for row in scan.find_due(due, books.load()) if row.step == "consult_report"] == []
    CalendarDay.objects.filter(date=off).delete()
    back = recomputing.recompute_topics()  # the outcome has gone out, the minutes have not
    assert [change.what for change in back] == [f"{one.number} 会议纪要"] * 2
    assert {row.on: row.minutes_due_on for row in one.meetings.all()} == before
    assert recomputing.recompute_topics() == []
    # A meeting is not moved behind the outcome that came of it.
    Topic.objects.filter(pk=one.pk).update(reported_on=today() - timedelta(days=1))
    later = make.meeting(c, meeting=meeting.pk, on=today().isoformat(), reason="日期写错")
    assert list(refusal(TopicAct.CORRECT_MEETING, one, c.staff, later)) == ["on"]


def test_a_double_press_opens_one_topic(c, browse):
    h = make.house(c)
    plan, client, page = make.plan(c), browse(h.office), "/consultations/topics/new/"
    key = client.get(page).context["form_key"]
    sent = {
        "plan": plan.pk, "year": plan.year, "kind": make.kind().pk, "form": "special", "title": "农村道路养护", "background": "",
        "month": "5", "lead": h.lead.pk, "attending": "", "form_key": key,
    }  # fmt: skip
    first, second = client.post(page, sent), client.post(page, sent)
    assert (first.status_code, first["Location"], Topic.objects.count()) == (302, second["Location"], 1)
    other = client.post(page, sent | {"title": "另一件事"})
    assert (other.status_code, other["Location"] != first["Location"], Topic.objects.count()) == (302, True, 2)
    for wrong in ("", "x" * 99, "\x00" * 32):
        assert client.post(page, sent | {"form_key": wrong}).status_code == 302
    assert Event.objects.filter(act="open", process="topic").count() == Topic.objects.count() == 5


def test_a_leader_enters_only_their_own_instruction(c, browse):
    sent, chair = make.sent(c), make.house(c).chair
    county_head = people.holder(people.organization("leadership", "县政府"), "leader", "林志远")
    words = {"level": "county", "text": "请抓紧办理。", "on": today().isoformat(), "leader_name": "市长李某"}
    for user in (chair, county_head):
        other = {**words, "leader": (chair if user is county_head else county_head).person_id}
        with pytest.raises(Invalid) as invalid:
            perform(OutcomeAct.INSTRUCT, sent, user, other)
        assert invalid.value.errors["leader"] == ["这里只能登记您本人的批示；县里其他领导的批示请交政协办公室登记。"]
        for typed in ({}, {"level": "city", "leader_name": "县政府 林志远" if user is chair else "副主席沈国华"}):
            with pytest.raises(Invalid) as invalid:
                perform(OutcomeAct.INSTRUCT, sent, user, {**words, **typed})
            assert list(invalid.value.errors) == ["leader_name"]
        perform(OutcomeAct.INSTRUCT, sent, user, {**words, "leader": user.person_id})
    perform(OutcomeAct.INSTRUCT, sent, c.staff, words)
    names = list(Instruction.objects.order_by("pk").values_list("leader_name", flat=True))
    assert [name.split(" ")[-1] for name in names] == ["沈国华", "林志远", "市长李某"]
    # Every figure opens its rows.
    client = browse(c.staff)
    page = client.get(f"/consultations/figures/?year={sent.topic.year}").content.decode()
    for link, count in (("scope=met", 1), ("state=cancelled", 0)):
        assert f"/consultations/?year={sent.topic.year}&amp;{link}" in page
        assert client.get(f"/consultations/?year={sent.topic.year}&{link}").context["page"].paginator.count == count
    for query, count in (("", 1), ("&show=instructed", 1)):
        assert f"/consultations/outcomes/?year={sent.topic.year}{query.replace('&', '&amp;')}" in page
        listed = client.get(f"/consultations/outcomes/?year={sent.topic.year}{query}")
        assert (listed.context["page"].paginator.count, listed.content.decode().count("林志远")) == (count, 1)
    answer = client.get(f"/consultations/figures/?year={sent.topic.year}")
    counted = {
        card["label"]: client.get(card["href"]).context["page"].paginator.count for card in answer.context["cards"]
    }
    assert counted == {card["label"]: card["value"] for card in answer.context["cards"]}
    assert counted["获批示的成果"] == 1  # with three 批示
    file = re.search(r'href="(/exports/of/recommendations/[^"]*)"', page)[1].replace("&amp;", "&")
    assert (f"year={sent.topic.year}&" in file, client.get(file).status_code) == (True, 200)
    assert browse(c.other_member).get("/consultations/outcomes/?year=x").context["page"].paginator.count == 0
