"""What was entered wrongly about a topic, put right: each act of that once, by `do`."""

from consultations.acts import TopicAct
from consultations.models import Speech, Topic
from members.periods import today
from tests.factories import consultations as make


def survey_data(c, **fields) -> dict:
    day = today().isoformat()
    found = {
        "first_day": day,
        "last_day": day,
        "places": "出山镇",
        "team": [c.author.person_id],
        "findings": "路面破损。",
    }
    return {**found, "others": "", **fields}


def speech_data(meeting: int, **fields) -> dict:
    return {"meeting": meeting, "kind": "speech", "name": "王局长", "text": "经费已落实。", **fields}


def every_correction(do, c) -> Topic:
    one = make.preparing(c, do)
    do(TopicAct.UNINVITE, one, c.staff, {"persons": [c.cosigner.person_id], "reason": "选错了人"})
    do(TopicAct.ADD_SURVEY, one, c.staff, survey_data(c))
    survey = {"survey": one.surveys.get().pk, "reason": "地点写错", "team": [c.author.person_id, c.cosigner.person_id]}
    do(TopicAct.CORRECT_SURVEY, one, c.staff, survey_data(c, places="人和乡", **survey))
    do(TopicAct.HOLD, one, c.staff, make.meeting(c))
    meeting = one.meetings.get().pk
    right = make.meeting(c, meeting=meeting, chair="主席王建国", present=[c.cosigner.person_id], reason="主持人写错")
    do(TopicAct.CORRECT_MEETING, one, c.staff, right)
    do(TopicAct.RECORD_SPEECH, one, c.staff, speech_data(meeting))
    speech = {"speech": Speech.objects.get(meeting=meeting).pk, "reason": "听错了"}
    do(TopicAct.CORRECT_SPEECH, one, c.staff, speech_data(meeting, text="经费还在申请。", **speech))
    return one
