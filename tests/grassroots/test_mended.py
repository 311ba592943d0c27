"""What went wrong once: a code lost in a double click, words for the wrong eyes, dates without bounds, false wording."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deadlines import book as books
from deadlines.models import DueRule
from documents.models import Attachment
from documents.uploads import receive
from grassroots import words
from grassroots.acts import Act
from grassroots.forms.screening import ReleaseForm
from grassroots.history import timeline
from grassroots.models import Matter, Meeting, Release
from grassroots.todo import todo_for
from members import form_tokens
from members.models import Organization
from members.periods import today
from members.query_codes import ALPHABET, CODE_LENGTH, code_of_form
from tests.documents.files import png
from tests.factories import grassroots as make
from workflow.engine import perform
from workflow.errors import Refused
from workflow.querysets import read_case
from xiping_cppcc.api.models import KeptAnswer

from .test_public import ASK, BRING, token, told
from .test_public import words as citizens_words

pytestmark = pytest.mark.django_db
REASON = {"reason": "情况有变化"}


def errors(act, one, actor, data) -> dict:
    with pytest.raises(Refused) as refused:
        perform(act, one, actor, data)
    return refused.value.errors


def day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def test_a_double_click_loses_no_code(c, r, browse, monkeypatch):
    """It is the second answer that people see: it tells the same number and code."""
    citizen, sent = browse(), citizens_words(r, token=token(monkeypatch))
    first, second = citizen.post(BRING, sent), citizen.post(BRING, sent)
    assert (first.status_code, second.status_code, Matter.objects.count()) == (201, 409, 1)
    assert told(first) == told(second)
    receipt, code = told(second)
    assert make.TITLE in citizen.post(ASK, {"receipt": receipt, "code": code}).content.decode()
    # Another matter from the page one went back to: a new form, so that the next click works; no code of the first.
    other = citizen.post(BRING, sent | {"title": "另一件事"})
    page = other.content.decode()
    assert (other.status_code, code in page, "另一件事" in page, sent["token"] in page) == (409, False, True, False)


def test_a_code_by_a_form_and_nobody_elses(c, r, browse, settings):
    keys = [code_of_form(f"key-{n}") for n in range(500)]
    assert len(set(keys)) == 500
    assert {len(key) for key in keys} == {CODE_LENGTH} and {char for key in keys for char in key} == set(ALPHABET)
    settings.SECRET_KEY = "another"
    assert code_of_form("key-1") != keys[1]


def test_a_code_entered_for_somebody_is_told_again_to_the_same_person_only(c, r, browse, monkeypatch):
    sent = {"venue": r.town.pk, "title": "修桥", "text": "桥面破损。", "source": "citizen", "token": token(monkeypatch)}
    first, again = (browse(r.host).post("/grassroots/new/", sent) for _ in range(2))
    assert (first.status_code, again.status_code, told(first) == told(again)) == (201, 409, True)
    elsewhere = browse(r.secretary).post("/grassroots/new/", sent)
    assert (elsewhere.status_code, told(first)[1] in elsewhere.content.decode()) == (409, False)
    assert form_tokens.next_token  # the page that is shown then has a new one
    assert sent["token"] not in elsewhere.content.decode()


def test_line_ends_count_as_on_the_page(c, r, browse, monkeypatch):
    """A browser sends two characters for each line end; eight hundred on the page are eight hundred here."""
    text = "\r\n".join(["字"] * 400) + "字"
    assert browse().post(BRING, citizens_words(r, text=text, token=token(monkeypatch))).status_code == 201
    assert len(Matter.objects.get().text) == 800
    blank = browse().post(BRING, citizens_words(r, text=" \r\n ", token=token(monkeypatch)))
    assert blank.status_code == 400


def test_a_gap_in_the_rules_is_told(c, r, browse, monkeypatch):
    one = make.matter(r, "selected")
    DueRule.objects.filter(step__in=("matter_posting", "matter_select")).delete()
    with pytest.raises(Refused) as refused:
        perform(Act.POST, one, r.host, {})
    assert refused.value.code == "no_rule"
    page = browse().post(BRING, citizens_words(r, token=token(monkeypatch)))
    assert (page.status_code, make.TITLE in page.content.decode()) == (409, True)


def test_dates_far_away(c, r):
    one = make.matter(r, "convening")
    for at in ("9999-12-31T23:30", f"{day(800)}T09:00"):
        assert "meeting_at" in errors(Act.CALL, one, r.host, {"meeting_at": at, "meeting_place": "村委会"})
    for changed in ({"due_on_1": "9999-12-31"}, {"held_on": "0001-01-01"}, {"held_on": day(-1)}):
        assert changed.keys() == errors(Act.RECORD_MEETING, one, r.host, make.meeting(r, **changed)).keys()
    surveying = make.matter(r, "surveying")
    late = make.survey() | {"surveyed_on": "1900-01-01"}
    assert "surveyed_on" in errors(Act.RECORD_SURVEY, surveying, r.host, late)
    handling = make.matter(r, "handling")
    later = {"item": handling.items.first().pk, "due_on": "9999-12-31", **REASON}
    assert "due_on" in errors(Act.EXTEND, handling, r.host, later)


def test_what_was_agreed_is_not_lost_in_a_last_refusal(c, r, browse):
    one = make.matter(r, "minutes")
    version = one.version
    perform(Act.SIGN_MINUTES, one, r.host, {})
    sent = make.meeting(r, text_1="清理全部排水沟") | {"version": version}
    page = browse(r.secretary).post(reverse("grassroots:act", args=[one.pk, Act.RECORD_MEETING]), sent)
    assert (page.status_code, "清理全部排水沟" in page.content.decode(), "占地补偿" in page.content.decode()) == (
        409,
        True,
        True,
    )


def test_who_reads_the_rooms_wording_cannot_search_the_citizens(c, r, browse):
    """The village's text leaves out what the citizen wrote: the unit does not find it by guessing, nor by the bringer."""
    one = make.matter(r, "handling", user=c.author, source="member")
    client = browse(r.operator)
    found = {
        q: client.get(f"/grassroots/?q={q}").context["page"].paginator.count for q in ("半年", "堵塞", one.receipt)
    }
    assert found == {"半年": 0, "堵塞": 1, one.receipt: 1}
    name = c.author.person.name
    assert name not in client.get(one.get_absolute_url()).content.decode()
    assert name in browse(r.host).get(one.get_absolute_url()).content.decode()
    own = read_case(Matter, one.pk, c.author, rows="all")
    assert name in timeline(own)[-1]["who"]


def test_the_member_who_takes_it_on_can_read_it(c, r, browse):
    one = make.matter(r, "done")
    assert browse(c.author).get(one.get_absolute_url()).status_code == 404
    perform(Act.MOVE_ON, one, r.host, {"way": "proposal", "person": c.author.person_id, "answer": "转为提案"})
    page = browse(c.author).get(one.get_absolute_url())
    assert (page.status_code, "提出人的原文" in page.content.decode()) == (200, False)


def test_what_is_filed_says_how_it_ended(c, r, browse):
    declined, moved = make.taken(r).matter, make.matter(r, "done")
    perform(Act.RELEASE, moved, r.host, {})
    perform(Act.DECLINE, declined, r.host, {"refusal": "petition"})
    perform(Act.MOVE_ON, moved, r.host, {"way": "opinion", "person": c.author.person_id, "answer": "转为社情民意"})
    for one in (declined, moved):
        perform(Act.ARCHIVE, one, r.host)
    assert words.now_of(Matter.objects.get(pk=declined.pk)).startswith("这件事没有受理。原因：属于信访")
    assert words.now_of(Matter.objects.get(pk=moved.pk)) == "已转给政协委员，作为社情民意信息继续推动。"
    page = browse().get(f"/public/consult/matters/{moved.pk}/").content.decode()
    assert "已转请政协委员继续推动（社情民意信息），由委员修改后自己提交。" in page and "疏通排水沟" in page
    # As long as it is a draft, nobody says that it became one.
    assert "已转为" not in page and "已转请政协委员推动" in browse().get("/public/consult/matters/").content.decode()


def test_the_public_reads_how_it_stands_today(c, r, browse):
    """What was released stays; its marks are of today, and nothing is called done that is not."""
    one = make.matter(r, "handling")
    perform(Act.RELEASE, one, r.host, {})
    address, public = f"/public/consult/matters/{one.pk}/", browse()
    assert public.get(address).content.decode().count("正在办理") == 2
    first, second = one.items.order_by("pk")
    perform(Act.REPORT, one, r.operator, make.report(first.pk))
    perform(Act.REPORT, one, r.host, make.report(second.pk, "impossible"))
    page = public.get(address).content.decode()
    assert ("正在办理" in page, "已经落实" in page, "暂时办不到" in page, "待反馈" in page) == (False, True, True, True)
    assert "已组织人员清淤" not in page  # words only as they were released
    inside = browse(r.host).get(one.get_absolute_url()).content.decode()
    assert "公开以后又有新进展" in inside
    assert "公开以后又有新进展" not in browse(r.operator).get(one.get_absolute_url()).content.decode()
    perform(Act.RELEASE, one, r.host, {})
    assert "公开以后又有新进展" not in browse(r.host).get(one.get_absolute_url()).content.decode()


def test_what_was_given_up_is_not_called_impossible(c, r, browse):
    one = make.matter(r, "agreed")
    perform(Act.CONSULT_AGAIN, one, r.host, REASON)
    perform(Act.RECORD_MEETING, one, r.host, make.meeting(r, text_1="改修暗渠"))
    perform(Act.SIGN_MINUTES, one, r.host, {})
    perform(Act.RELEASE, one, r.host, {})
    assert [item["text"] for item in Release.objects.get(withdrawn_at=None).items] == ["改修暗渠", "安装路灯"]
    page = browse(r.host).get(one.get_absolute_url()).content.decode()
    assert ("不再办理" in page, "暂时办不到" in page) == (True, False)
    # Each meeting's own minutes.
    papers = [
        browse(r.host).get(f"/grassroots/{one.pk}/minutes.docx?meeting={m.pk}") for m in Meeting.objects.order_by("pk")
    ]
    assert {paper.status_code for paper in papers} == {200} and papers[0].content != papers[1].content
    assert browse(r.host).get(f"/grassroots/{one.pk}/minutes.docx?meeting=x").status_code == 409


def test_names_are_masked_however_they_are_spaced(c, r):
    one = make.taken(r, contact_name="田老汉").matter
    wording = "户主田 老汉家门口积水，家住田老汉东邻三号院。"
    perform(Act.SELECT, one, r.host, {"category": "livelihood", "public_text": wording})
    one.refresh_from_db()
    form = ReleaseForm({"keep": ["田 老汉", "田老汉东邻三号院"]}, case=one, actor=r.host)
    assert not any("田" in key for key, _label in getattr(form.fields.get("keep"), "choices", []))
    form.is_valid()
    assert "老汉" not in form.draft({"keep": ["田 老汉", "田老汉东邻三号院"]}).text.text


def test_offline_leaves_no_name_either(c, r):
    one = make.matter(r, "done")
    perform(Act.GO_OFFLINE, one, r.host, {"reason": "涉密"})
    meeting = Meeting.objects.get()
    kept = f"{meeting.place}{meeting.host_name}" + "".join(one.items.values_list("responsible", flat=True))
    assert [word for word in ("村委会", "于村集", "王主任") if word in kept] == []


def test_one_file_too_many_is_told(c, r, browse, settings):
    one = make.matter(r, "handling")
    address = reverse("grassroots:act", args=[one.pk, Act.ADD_FILES])
    settings.DOCUMENTS_MAX_PER_SUBJECT = 1
    for _ in range(2):
        one.refresh_from_db()
        page = browse(r.operator).post(
            address, {"file_files": SimpleUploadedFile("现场.png", png()), "version": one.version}
        )
    assert (page.status_code, "最多只能附 1 个文件" in page.content.decode()) == (400, True)


def test_the_button_that_takes_a_file_out_does_so(c, r, browse):
    one = make.matter(r, "handling")
    photo = receive(SimpleUploadedFile("现场.png", png()), r.operator)
    sent = {"file": str(photo.pk), "remove_file": str(photo.pk), "version": one.version}
    page = browse(r.operator).post(reverse("grassroots:act", args=[one.pk, Act.ADD_FILES]), sent)
    assert (page.status_code, Attachment.objects.of("grassroots.matter", one.pk).count()) == (200, 0)


def test_the_house_reports_where_a_room_has_nobody(c, r):
    make.matter(r, "handling")
    for user in (r.host, r.secretary):
        user.person.appointments.update(ends=today() - timedelta(days=1))
    assert [(item.what, item.act) for item in todo_for(r.officer, books.load())] == [
        ("报告落实进展", "report"), ("公开的内容要更新", "release"),
    ]  # fmt: skip


def test_a_closed_room_still_has_its_page(c, r, browse):
    Organization.objects.filter(pk=r.village.organization_id).update(ends=today() - timedelta(days=1))
    page = browse().get(f"/public/consult/venues/{r.village.pk}/")
    assert (page.status_code, "已停用" in page.content.decode(), "向本室提交" in page.content.decode()) == (
        200,
        True,
        False,
    )


def test_a_room_is_not_turned_round_under_its_matters(c, r):
    make.taken(r)
    for changed, field in (
        ({"organization": r.county.organization}, "organization"), ({"township": make._body("unit", "柏亭街道", system="township")}, "upper"),
    ):  # fmt: skip
        room = type(r.village).objects.get(pk=r.village.pk)
        for name, value in changed.items():
            setattr(room, name, value)
        with pytest.raises(ValidationError) as refused:
            room.clean()
        assert list(refused.value.message_dict) == [field]
    r.town.level = "village"
    r.town.upper = r.county
    with pytest.raises(ValidationError) as refused:
        r.town.clean()
    assert list(refused.value.message_dict) == ["level"]


def test_contact_is_kept_for_citizens_only(c, r):
    one = make.taken(r, user=c.author, source="member", contact_name="误填", contact_phone="13800001111").matter
    assert (one.contact_name, one.contact_phone, one.brought_by) == ("", "", c.author)


def test_the_answer_kept_for_the_api_goes_with_the_words(c, r, browse):
    """A kept answer is found by where the matter lies."""
    sent = {"venue": r.town.pk, "source": "member", "title": "修桥", "text": "桥面破损。"}
    answer = browse(c.author).post("/api/v1/matters/", sent, "application/json", headers={"Idempotency-Key": "k-1"})
    one = Matter.objects.get()
    assert (answer.status_code, answer["Location"]) == (201, f"/api/v1/matters/{one.pk}/")
    assert KeptAnswer.objects.filter(body__contains="桥面").count() == 1
    perform(Act.GO_OFFLINE, one, r.town_host, {"reason": "涉密"})
    assert KeptAnswer.objects.filter(body__contains="桥面").count() == 0
