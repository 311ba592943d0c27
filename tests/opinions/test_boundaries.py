"""What each reader must not learn, what must not be lost, and figures that lead to the rows they count."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from deadlines import book as books
from members.models import Appointment, Member
from members.periods import today
from notices.recipients import notices_for
from opinions import intake, sight
from opinions.acts import Act, TransferAct
from opinions.compared import KIND, similar_to
from opinions.history import timeline
from opinions.models import OpinionReport
from opinions.recomputing import recompute_open
from opinions.standing import standing
from opinions.states import State
from opinions.todo import todo_for
from portal import conversions
from proposals import dispositions
from proposals import intake as proposals_intake
from proposals.validators import SUGGESTIONS_MAX
from search.similar import refresh
from tests.factories import opinions as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, Refused
from workflow.models import Event
from workflow.querysets import read_case

pytestmark = pytest.mark.django_db


def steps(one, user) -> list[dict]:
    seen = read_case(OpinionReport, one.pk, user)
    return timeline(seen, sight.parts_of(seen, user))


def test_a_unit_hears_of_its_own_part_only(c, o, browse):
    one = make.reviewing(c, title="王大娘家门口没有路灯")
    perform(Act.REVIEW, one, o.reviewer, {"reason": "审核时的内部意见"})
    perform(Act.SIGN, one, o.signer, {"reason": "领导的内部意见"})
    perform(Act.ISSUE, one, o.editor, make.ISSUE)
    perform(Act.ADOPT, one, o.editor, make.outcome(mode="single", body="市政协"))
    perform(Act.INSTRUCT, one, o.editor, make.outcome(leader="某某县长", text="阅。"))
    make.handed_over(c, one)
    make.handed_over(c, one, c.other_unit)
    perform(Act.TO_PROPOSAL, one, c.author)
    assert {entry["label"] for entry in steps(one, c.operator)} == {"转办"}
    inside, author = str(steps(one, o.reviewer)), str(steps(one, c.author))
    assert [words in inside for words in ("审核时的内部意见", "领导的内部意见", "某某县长", "提案草稿《")] == [
        True,
        True,
        True,
        False,
    ]
    assert [words in author for words in ("审核时的内部意见", "领导的内部意见", "某某县长", "提案草稿《")] == [
        False,
        False,
        True,
        True,
    ]
    page = browse(c.operator).get(f"/opinions/{one.pk}/").content.decode()
    assert [words in page for words in ("内部意见", "某某县长", "市政协")] == [False, False, False]


def test_a_unit_reads_the_edited_text_under_its_edited_title(c, o, browse):
    one = make.editing(c, title="王大娘家门口没有路灯", causes="老旧小区无人管护")
    perform(Act.EDIT, one, o.editor, make.edited(one, title="背街小巷路灯亟待补齐", situation="多处路灯缺失。"))
    part, unit = make.handed_over(c, make.fresh(one)), browse(c.operator)
    addresses = (f"/opinions/{one.pk}/", "/opinions/", f"/opinions/transfers/{part.pk}/acts/sign_for/")
    for address in addresses:
        page = unit.get(address).content.decode()
        assert ("王大娘" in page, "背街小巷" in page) == (False, True), address
    hits = {
        asked: f"/opinions/{one.pk}/" in unit.get(f"/opinions/?q={asked}").content.decode()
        for asked in ("王大娘", "路灯缺失")
    }
    assert hits == {"王大娘": False, "路灯缺失": True}  # what one may not read is not found word by word either
    assert f"/opinions/{one.pk}/" in browse(o.editor).get("/opinions/?q=无人管护").content.decode()
    for act, who, data in (
        (TransferAct.SIGN_FOR, c.operator, {}),
        (TransferAct.REPLY, c.operator, make.REPLY),
        (TransferAct.CHECK, o.editor, {}),
    ):
        perform(act, part, who, data)
    perform(Act.RESUME, make.fresh(one), o.editor)
    perform(Act.EDIT, one, o.editor, make.edited(make.fresh(one), situation="还没有审核的新稿"))
    page = unit.get(f"/opinions/{one.pk}/").content.decode()
    assert ("还没有审核的新稿" in page, make.REPLY["reply"] in page) == (False, True)


def test_what_every_unit_gave_back_waits_for_the_office(c, o):
    part = make.handed_over(c)
    one, book = part.report, books.load()
    assert todo_for(o.editor, book) == []
    perform(TransferAct.RECALL, part, o.editor, {"reason": "另行处理"})
    assert [(item.what, item.act) for item in todo_for(o.editor, book)] == [("转办已收回，另行处理", "hand_over")]
    assert standing(make.fresh(one), sight.parts_of(one, c.author), book).over == "转办已收回，由信息工作人员另行处理"
    make.handed_over(c, make.fresh(one), c.other_unit)
    assert todo_for(o.editor, book) == []


def test_what_is_taken_up_again_has_a_target_again(c, o):
    one = make.submitted(c)
    perform(Act.KEEP, one, o.editor, {"reason": "留存"})
    long_ago = timezone.now() - timedelta(days=90)
    OpinionReport._base_manager.filter(pk=one.pk).update(submitted_at=long_ago)
    perform(Act.RESUME, one, o.editor)
    one = make.fresh(one)
    assert one.due_on is not None and one.due_on > today()
    assert recompute_open() == []  # counted from the day it was taken up again, not from its submission


def test_a_returned_text_is_edited_from_what_came_back(c, o):
    one = make.editing(c)
    perform(Act.RETURN, one, o.editor, {"reason": "请写明地点"})
    OpinionReport._base_manager.filter(pk=one.pk).update(situation="柏城街道的管网老化。")
    perform(Act.SUBMIT, make.fresh(one), c.author)
    perform(Act.TAKE_UP, one, o.editor)
    assert make.fresh(one).edited_situation == "柏城街道的管网老化。"
    perform(Act.EDIT, one, o.editor, make.edited(make.fresh(one), situation="编辑改过的话。"))
    perform(Act.RETURN, one, o.editor, {"reason": "再补充"})
    assert make.fresh(one).edited_situation == "编辑改过的话。"  # work that was done is not thrown away


def test_only_those_who_may_report_submit_and_are_given_drafts(c, o):
    one = make.draft(c)
    Member.objects.filter(person=c.author.person).update(ends=today().replace(year=today().year - 1))
    c.author.__dict__.pop("_posts", None)
    with pytest.raises(NotAllowed):
        perform(Act.SUBMIT, one, c.author)
    assert make.fresh(one).state == State.DRAFT
    before = OpinionReport.objects.count()
    with pytest.raises(NotAllowed):  # somebody of a unit who took part in a consultation is no 特邀信息员
        intake.draft_from(c.operator.person, "题目", "情况", "建议", "协商")
    with pytest.raises(NotAllowed):
        proposals_intake.draft_from(c.operator.person, "题目", "情况", ["建议"], "协商")
    assert OpinionReport.objects.count() == before
    assert intake.draft_from(o.informant.person, "题目", "情况", "建议", "协商").reporter == "informant"
    Appointment.objects.filter(person=o.informant.person).update(ends=today().replace(year=today().year - 1))
    with pytest.raises(NotAllowed):
        intake.draft_from(o.informant.person, "题目", "情况", "建议", "协商")


def test_who_else_reported_is_told_when_the_issue_is_out(c, o, browse):
    main, other = make.editing(c), make.submitted(c, c.cosigner)
    perform(Act.JOIN, other, o.editor, {"into": main.pk})
    name, author = c.cosigner.person.name, browse(c.author)
    assert name not in author.get(f"/opinions/{main.pk}/").content.decode()
    for act, who in ((Act.SEND_FOR_REVIEW, o.editor), (Act.REVIEW, o.reviewer)):
        perform(act, main, who, {})
    leader = browse(o.signer).get(f"/opinions/{main.pk}/").content.decode()
    assert (name in leader, f'href="/opinions/{other.pk}/"' in leader) == (True, False)  # no link that leads nowhere
    perform(Act.SIGN, main, o.signer, {})
    perform(Act.ISSUE, main, o.editor, make.ISSUE)
    assert name in author.get(f"/opinions/{main.pk}/").content.decode()


def test_a_draft_that_goes_offline_is_nobody_elses_news(c, o):
    for one, reached in ((make.draft(c), set()), (make.submitted(c), {o.editor.pk})):
        perform(Act.MOVE_OFFLINE, one, c.author, {"reason": "写了内部数据"})
        event = Event.objects.get(act=Act.MOVE_OFFLINE, object_id=one.pk)
        assert {notice.user_id for notice in notices_for(event)} == reached


def test_every_figure_leads_to_the_rows_it_counts(c, o, browse):
    make.issued(c)
    make.submitted(c)
    perform(Act.WITHDRAW, make.submitted(c), c.author)
    perform(Act.MOVE_OFFLINE, make.submitted(c, c.cosigner), o.editor, {"reason": "涉密"})
    links = {}
    for who, user in (("editor", o.editor), ("signer", o.signer)):
        client = browse(user)
        page = client.get("/opinions/year/?by=author").content.decode()
        links[who] = [
            (address.replace("&amp;", "&"), int(n))
            for address, n in re.findall(r'href="(/opinions/\?[^"]*)">(\d+)<', page)
        ]
        for address, count in links[who]:
            assert client.get(address).context["page"].paginator.count == count, (who, address)
    assert (len(links["editor"]), len(links["signer"])) == (7, 2)
    editor = browse(o.editor)
    assert editor.get(f"/opinions/?year={today().year}&state=withdrawn").context["page"].paginator.count == 1
    assert "合计（含单位反映的）" in editor.get("/opinions/year/?by=author").content.decode()


def test_a_proposal_taken_over_is_looked_at_for_marks(c, o):
    handed = dispositions.Handed(
        7, "11-4-0007", "关于乡道的提案", "内部资料，注意保存。", ("修补",), (c.author.person_id,), None
    )
    conversions.ProposalToOpinion().convert(handed)
    one = OpinionReport.objects.get()
    assert [sign for sign in one.secrecy_signs if "内部资料" in sign] == one.secrecy_signs != []


def test_more_suggestions_than_fit_stand_together(c):
    lines = [f"第{n}条" for n in range(SUGGESTIONS_MAX + 5)]
    made = proposals_intake.draft_from(c.author.person, "关于路灯的提案", "路灯不亮。", lines, "社情民意")
    texts = list(made.suggestions.order_by("position").values_list("text", flat=True))
    assert (len(texts), "\n".join(texts).splitlines()) == (SUGGESTIONS_MAX, lines)


def test_similar_reports_are_for_those_who_report(c, o, browse):
    one = make.issued(c)
    assert similar_to(c.other_member, one.title, one.situation) is not None
    panel = browse(c.operator).post("/opinions/similar/", {"title": one.title})
    assert (panel.status_code, one.title in panel.content.decode()) == (200, False)


def test_the_admin_is_for_the_office(c, o, browse):
    """A committee's staff who is a member reads the own report on the portal's pages, where nothing unsettled stands."""
    make.handed_over(c)
    people.appoint(c.author, people.organization("committee", "经济委员会"), "staff")
    c.author.__dict__.pop("_posts", None)
    for model in ("opinionreport", "transfer", "issue", "adoption", "instruction"):
        address = reverse(f"admin:opinions_{model}_changelist")
        assert [browse(user).get(address).status_code for user in (o.editor, c.author)] == [200, 403], model


def test_nonsense_ends_in_a_sentence(c, o, browse):
    one, editor, huge = make.editing(c), browse(o.editor), "9" * 30
    for act, data in (
        ("hand_over", {"units": [huge]}), ("hand_over", {"units": ["x\x00"]}), ("join", {"into": huge}),
        ("edit", {"edited_title": "\x00", "edited_situation": "字"}), ("keep", {"reason": "\x00"}), ("nothing", {}),
    ):  # fmt: skip
        assert editor.post(f"/opinions/{one.pk}/acts/{act}/", data).status_code in (400, 403, 409), act
    out = make.issued(c)
    for on in ("9999-12-31", "0001-01-01", "2026-02-30", "\x00"):
        answer = editor.post(
            f"/opinions/{out.pk}/acts/adopt/", {"level": "city", "mode": "single", "body": "市政协", "on": on}
        )
        assert answer.status_code == 400, on
    for address in (f"/opinions/{huge}/", f"/opinions/issues/{huge}/paper/", f"/opinions/transfers/{huge}/acts/reply/"):
        assert editor.get(address).status_code == 404
    for asked in ("author=1.5", f"author={huge}", "organization=NaN", "year=2026.5", f"page={huge}"):
        assert editor.get(f"/opinions/?{asked}").status_code == 200, asked


def test_what_is_united_stays_put_while_its_main_text_moves(c, o):
    main, other = make.editing(c), make.submitted(c, c.cosigner)
    perform(Act.JOIN, other, o.editor, {"into": main.pk})
    perform(Act.SEND_FOR_REVIEW, main, o.editor)
    with pytest.raises(Refused) as late:
        perform(
            Act.SEPARATE, make.fresh(other), people.holder(o.editor.person.appointments.get().organization, "staff")
        )
    assert late.value.code == "main_moved_on"


def test_a_unit_reads_an_edited_text_without_the_citizen(c, o, browse):
    asked = {"units": [c.unit.pk], "note": ""}
    one = make.submitted(
        c,
        on_behalf=True,
        citizen_name="王大娘",
        citizen_contact="柏城街道，138-0000 1111",
        situation="柏城街道王 大娘家停水。",
    )
    other = make.submitted(c, c.cosigner)
    page = browse(o.editor).get(f"/opinions/{one.pk}/acts/hand_over/")
    assert (page.status_code, "请先点“开始编辑”" in page.content.decode()) == (409, True)
    assert (
        refusal(Act.HAND_OVER, one, o.editor, asked) == refusal(Act.HAND_OVER, other, o.editor, asked) == "not_edited"
    )
    perform(Act.KEEP, other, o.editor, {"reason": "留存"})
    assert refusal(Act.HAND_OVER, other, o.editor, asked) == "not_edited"
    perform(Act.TAKE_UP, one, o.editor)
    with pytest.raises(Refused) as named:
        perform(Act.HAND_OVER, one, o.editor, asked)
    assert (named.value.code, named.value.sentence) == (
        "names_citizen", "编辑稿的“情况反映”里写有所代群众的姓名或电话，不能转给单位。",
    )  # fmt: skip
    text = {"situation": "柏城街道一户居民家停水。", "suggestions": "请与１３８０００—０１１１１联系。"}
    perform(Act.EDIT, one, o.editor, make.edited(make.fresh(one), **text))
    assert refusal(Act.HAND_OVER, one, o.editor, asked) == "names_citizen"
    perform(Act.EDIT, one, o.editor, make.edited(make.fresh(one), **(text | {"suggestions": "请县水利局核实。"})))
    page = browse(o.editor).get(f"/opinions/{one.pk}/acts/hand_over/").content.decode()
    assert ("单位将看到的编辑稿" in page, "一户居民家停水" in page) == (True, True)
    with pytest.raises(Invalid) as noted:
        perform(Act.HAND_OVER, one, o.editor, asked | {"note": "请找王大娘核实"})
    assert list(noted.value.errors) == ["note"]
    perform(Act.HAND_OVER, one, o.editor, asked)


def test_what_was_printed_within_a_united_text_goes_to_units_with_that_text_only(c, o):
    """Of its own it has no edited text: a unit would read the author's words, with the citizen in them."""
    main, other = make.united(c)
    assert (other.edited_situation, refusal(Act.HAND_OVER, other, o.editor, asked_of(c))) == ("", "in_united_text")
    perform(Act.HAND_OVER, main, o.editor, asked_of(c))
    assert list(OpinionReport.objects.visible_to(c.operator)) == [main]
    perform(Act.MOVE_OFFLINE, make.fresh(main), o.editor, {"reason": "涉密"})
    with pytest.raises(Refused) as alone:
        perform(Act.HAND_OVER, other, o.editor, asked_of(c))
    assert alone.value.next_step == "综合稿已转线下办理，请另行书面转办。"


def test_a_unit_reads_nothing_of_what_its_author_writes_anew(c, o, browse):
    part = make.replied(c)
    perform(TransferAct.CHECK, part, o.editor)
    one, words, seen = part.report, make.TEXT["situation"], []
    for act in (None, Act.RESUME, Act.RETURN, Act.WITHDRAW):
        if act:
            perform(act, make.fresh(one), c.author if act == Act.WITHDRAW else o.editor, {"reason": "请补充"})
        page = browse(c.operator).get(f"/opinions/{one.pk}/").content.decode()
        found = browse(c.operator).get("/opinions/", {"q": words[:12]}).context["page"].object_list
        seen.append((words in page, words in str(shapes_of(c.operator, one)), [row.pk for row in found]))
    assert seen == [(True, True, [one.pk]), *[(False, False, [])] * 3]


def test_the_filters_of_the_list_tell_nobody_what_they_may_not_read(c, o, browse):
    """Also not a unit's operator who may report themselves."""
    one, word = make.issued(c), "只在编辑稿里的词"
    OpinionReport._base_manager.filter(pk=one.pk).update(situation="原文才有的词", edited_situation=word)
    make.handed_over(c, one)
    people.appoint(c.operator, people.organization("office"), "informant")
    editing = make.editing(c)
    perform(Act.EDIT, editing, o.editor, make.edited(editing, situation=word))

    def found(user, **asked) -> list[int]:
        return sorted(row.pk for row in browse(user).get("/opinions/", asked).context["page"].object_list)

    both = [one.pk, editing.pk]
    assert [found(user, q=word) for user in (o.editor, c.author, c.operator)] == [both, [one.pk], [one.pk]]
    assert [found(user, q="原文才有") for user in (o.editor, c.author, c.operator)] == [[one.pk], [one.pk], []]
    assert [found(user, outcome="county") for user in (o.editor, c.author, c.operator)] == [[one.pk], [one.pk], []]
    assert [found(user, q=one.number) for user in (o.editor, c.author, c.operator)] == [[one.pk]] * 3


def shapes_of(user, one) -> dict:
    api = APIClient()
    api.force_authenticate(user)
    return api.get(f"/api/v1/opinions/{one.pk}/").json()


def test_no_words_to_a_unit_name_the_citizen(c, o):
    """However the number stands in the contact: with the code of country or area, in wide digits."""
    contact = "００８６ 138—0000－1111，或0396-5550123"
    one = make.editing(c, on_behalf=True, citizen_name="王大娘", citizen_contact=contact)
    part = make.handed_over(c, one)
    for words in ("请回访王大娘", "请打13800001111", "请打555 0123"):
        with pytest.raises(Invalid):
            perform(TransferAct.URGE, part, o.editor, {"reason": words})
    with pytest.raises(Invalid):
        perform(TransferAct.RECALL, part, o.editor, {"reason": "王大娘另行联系"})
    perform(TransferAct.SIGN_FOR, part, c.operator)
    with pytest.raises(Invalid):
        perform(TransferAct.POSTPONE, part, o.editor, make.later(reason="等王大娘回来"))
    perform(TransferAct.SEND_BACK, part, c.operator, {"reason": "找不到人"})
    with pytest.raises(Invalid):
        perform(TransferAct.CHECK_BACK, part, o.editor, {"reason": "电话13800001111"})
    perform(TransferAct.CHECK_BACK, part, o.editor, {"reason": "请再核实"})


def test_a_citizen_who_was_named_again_is_not_called_deleted(c, o, browse):
    one = make.submitted(c, on_behalf=True, citizen_name="王大娘")
    OpinionReport._base_manager.filter(pk=one.pk).update(citizen_deleted_at=timezone.now())
    page = browse(o.editor).get(f"/opinions/{one.pk}/").content.decode()
    assert ("王××" in page, "已按规定删除" in page) == (True, False)


def asked_of(c) -> dict:
    return {"units": [c.unit.pk], "note": ""}


def refusal(act: str, case, user, data: dict) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, user, data)
    return refused.value.code


def test_similar_reports_by_the_api(c, o):
    one, client = make.issued(c), APIClient()
    other = make.submitted(c, c.cosigner)
    refresh(KIND)
    asked = {"title": make.TEXT["title"], "text": make.TEXT["situation"], "opinion": other.pk}
    found = {}
    for user in (c.author, c.cosigner, c.operator):
        client.force_authenticate(user)
        rows = client.post("/api/v1/opinions/similar/", asked, format="json").json()["results"]
        found[user] = [(row["id"], row["title"]) for row in rows]
    assert found == {c.author: [(one.pk, one.title)], c.cosigner: [(None, one.title)], c.operator: []}
