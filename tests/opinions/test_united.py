"""What is registered on a text that unites several reports is heard of by each author and counts for each report."""

import pytest
from django.db.models import QuerySet

from members.periods import today
from notices.recipients import notices_for
from opinions import statistics
from opinions.acts import Act, TransferAct
from opinions.models import OpinionReport
from opinions.statistics import By
from reports.figures import bases, period
from reports.figures.asked import Asked
from reports.figures.sight import reader_of
from tests.factories import opinions as make
from workflow.engine import perform
from workflow.errors import Refused
from workflow.models import Event

from .test_mended import opens, upload

pytestmark = pytest.mark.django_db


def told(act: str) -> dict[int, str]:
    """Who is told of the last such act: account → address."""
    event = Event.objects.filter(act=act).order_by("-pk").first()
    return {notice.user_id: notice.url for notice in notices_for(event)}


def register(c, o, main):
    scan = upload(o.editor, "批示.png")
    perform(Act.FORWARD, main, o.editor, make.outcome(body="市政协信息处"))
    perform(Act.ADOPT, main, o.editor, make.outcome(body="市政协", mode="combined"))
    perform(Act.INSTRUCT, main, o.editor, make.outcome(leader="市长", text="请办。", file=str(scan.pk)))
    return scan


def test_each_author_hears_of_it_sees_it_and_is_credited(c, o, browse):
    main, other = make.united(c)
    alone = make.issued(c)
    scan, own = register(c, o, main), {c.author.pk: main.get_absolute_url(), c.cosigner.pk: other.get_absolute_url()}
    assert [told(act) for act in (Act.FORWARD, Act.ADOPT, Act.INSTRUCT)] == [own, own, own]
    pages = {
        user: browse(user).get(one.get_absolute_url()).content.decode()
        for user, one in ((c.cosigner, other), (c.author, alone))
    }
    words = ("市政协信息处", "综合采用", "请办。", "批示.png")
    assert [[word in page for word in words] for page in pages.values()] == [[True] * 4, [False] * 4]
    assert pages[c.cosigner].count("县政协《社情民意》　综合采用") == 1
    assert opens(scan, c.author, c.cosigner, c.other_member, c.operator) == [True, True, False, False]
    listed = [row.pk for row in _found(browse(o.editor), "city")]
    assert sorted(listed) == [main.pk, other.pk] == sorted(row.pk for row in _found(browse(o.editor), "instructed"))
    lines = {line.name: line.cells() for line in statistics.of_year(today().year, By.AUTHOR).lines}
    assert (lines[main.author.name], lines[other.author.name]) == ([2, 2, 2, 1, 0, 0, 1], [1, 1, 1, 1, 0, 0, 1])
    total = statistics.of_year(today().year, By.REPORTER).total
    year = bases.opinions(Asked(period.of_year(today().year), reader_of(c.staff)))
    counted = [year.filter(**{name: True}).count() for name in ("adopted_county", "adopted_city", "instructed")]
    assert (total.cells(), counted) == ([3, 3, 3, 2, 0, 0, 2], [3, 2, 2])
    perform(Act.VOID, main, o.editor, {"outcome": f"instructions-{main.instructions.get().pk}", "reason": "有误"})
    assert (told(Act.VOID), opens(scan, c.cosigner)) == (own, [False])


def test_what_is_registered_on_one_of_them_alone_is_its_own(c, o):
    main, other = make.united(c)
    perform(Act.ADOPT, other, o.editor, make.outcome(body="市政协", mode="single"))
    assert told(Act.ADOPT) == {c.cosigner.pk: other.get_absolute_url()}
    lines = {line.name: line.cells()[3] for line in statistics.of_year(today().year, By.AUTHOR).lines}
    assert lines == {main.author.name: 0, other.author.name: 1}
    register(c, o, main)
    perform(Act.MOVE_OFFLINE, make.fresh(main), o.editor, {"reason": "涉密"})
    assert [total.adopted["city"] for total in (statistics.of_year(today().year, By.REPORTER).total,)] == [2]


def test_a_citizen_goes_out_of_the_united_text_first(c, o):
    """Taken out, the name would stand in a text of which nobody knows any more that it must go to no unit."""
    main, other = make.editing(c), make.submitted(c, c.cosigner, on_behalf=True, citizen_name="王大娘")
    perform(Act.JOIN, other, o.editor, {"into": main.pk})
    perform(Act.EDIT, main, o.editor, make.edited(main, causes="王大娘反映管网老化。"))
    with pytest.raises(Refused) as named:
        perform(Act.SEPARATE, make.fresh(other), o.editor)
    assert named.value.code == "names_citizen"
    perform(Act.EDIT, main, o.editor, make.edited(main, causes="群众反映管网老化。"))
    perform(Act.SEPARATE, make.fresh(other), o.editor)


def test_no_text_that_names_a_citizen_is_printed_or_goes_to_a_unit(c, o):
    """Neither one's own nor that of a report united with it; what was issued before this rule goes to no unit."""
    main = make.editing(c)
    other = make.submitted(c, c.cosigner, on_behalf=True, citizen_name="王大娘")
    perform(Act.JOIN, other, o.editor, {"into": main.pk})
    perform(Act.EDIT, main, o.editor, make.edited(main, causes="王大娘反映管网老化。"))
    with pytest.raises(Refused) as named:
        perform(Act.SEND_FOR_REVIEW, main, o.editor, {})
    assert (named.value.code, named.value.sentence) == (
        "names_citizen", "编辑稿的“原因分析”里写有所代群众的姓名或电话，不能送审核。",
    )  # fmt: skip
    perform(Act.EDIT, main, o.editor, make.edited(make.fresh(main), causes="群众反映管网老化。"))
    for act, who in ((Act.SEND_FOR_REVIEW, o.editor), (Act.REVIEW, o.reviewer), (Act.SIGN, o.signer)):
        perform(act, main, who, {})
    perform(Act.ISSUE, main, o.editor, make.ISSUE)
    QuerySet(OpinionReport).filter(pk=main.pk).update(edited_causes="王大娘反映管网老化。")
    assert refusal(Act.HAND_OVER, make.fresh(main), o.editor, {"units": [c.unit.pk], "note": ""}) == "names_citizen"


def test_what_a_unit_worked_on_is_not_kept_with_the_citizen_in_it(c, o):
    one = make.editing(c, on_behalf=True, citizen_name="王大娘")
    perform(Act.HAND_OVER, one, o.editor, {"units": [c.unit.pk], "note": ""})
    part = one.transfers.get()
    perform(TransferAct.SIGN_FOR, part, c.operator)
    perform(TransferAct.REPLY, part, c.operator, make.REPLY)
    perform(TransferAct.CHECK, part, o.editor)
    perform(Act.RESUME, make.fresh(one), o.editor)
    perform(Act.EDIT, one, o.editor, make.edited(make.fresh(one), causes="王大娘反映管网老化。"))
    assert refusal(Act.KEEP, one, o.editor, {"reason": "留存"}) == "names_citizen"
    perform(Act.EDIT, one, o.editor, make.edited(make.fresh(one), causes="群众反映管网老化。"))
    perform(Act.KEEP, one, o.editor, {"reason": "留存"})


def refusal(act: str, case, user, data: dict) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, user, data)
    return refused.value.code


def _found(client, outcome: str) -> list:
    return list(client.get("/opinions/", {"outcome": outcome}).context["page"].object_list)
