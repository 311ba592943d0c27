"""One act on many rows: a result for each, and the list as it was left."""

from django.test import Client

from proposals.acts import ProposalAct
from proposals.models import Category, Proposal
from proposals.states import ProposalState
from tests.factories import county as make
from workflow.engine import perform


def marks(*proposals) -> list[str]:
    return [f"{p.pk}-{Proposal.objects.get(pk=p.pk).version}" for p in proposals]


def states(*proposals) -> list[str]:
    return [Proposal.objects.get(pk=p.pk).state for p in proposals]


def test_filing_three_with_one_form(c, browse):
    three = [make.reviewed(c, title=f"关于第 {n} 件事的提案") for n in range(3)]
    page = browse(c.head).go("/proposals/?state=reviewed").press("立案", rows=marks(*three))
    assert "立案：3 件提案" in page.text
    page = page.press("立案", reason="同意")
    assert "立案：成功 3 件" in page.text
    assert page.response.request["QUERY_STRING"] == "state=reviewed&scope=all"
    assert states(*three) == [ProposalState.FILED] * 3


def test_each_row_keeps_its_own_category(c, browse):
    other = make.business_category("农业农村")
    first, second = make.reviewed(c), make.reviewed(c)
    Proposal.objects.filter(pk=second.pk).update(business_category=other)
    browse(c.head).go("/proposals/?state=reviewed").press("立案", rows=marks(first, second)).press("立案")
    names = Proposal.objects.order_by("pk").values_list("business_category__name", flat=True)
    assert list(names) == ["教科文卫体", "农业农村"]


def test_numbering_follows_the_order_of_submission(c, browse):
    first, second = make.filed(c, numbered=False), make.filed(c, numbered=False)
    page = browse(c.staff).go("/proposals/?state=to_number").press("编号", rows=marks(second, first)).press("编号")
    assert "编号：成功 2 件" in page.text
    assert list(Proposal.objects.order_by("pk").values_list("serial", flat=True)) == [1, 2]


def test_a_row_changed_meanwhile_fails_alone_and_stays_marked(c, browse):
    good, stale = make.reviewed(c), make.reviewed(c)
    page = browse(c.head).go("/proposals/?scope=all").press("立案", rows=marks(good, stale))
    perform(ProposalAct.REVIEW_AGAIN, stale, c.head, {"reason": "再看一遍"})
    page = page.press("立案")
    assert "立案：成功 1 件，失败 1 件" in page.text
    assert "目前状态是“待审查”，不能“立案”。" in page.text
    assert states(good, stale) == [ProposalState.FILED, ProposalState.SUBMITTED]


def test_a_form_wrong_for_all_comes_back_with_its_errors(c, browse):
    two = [make.reviewed(c), make.reviewed(c)]
    page = browse(c.head).go("/proposals/?state=reviewed").press("退回修改", rows=marks(*two)).press("退回修改")
    assert page.status == 400
    assert "有 1 处需要改正" in page.text
    assert states(*two) == [ProposalState.REVIEWED] * 2


def test_nothing_ticked_says_so(c, browse):
    make.reviewed(c)
    page = browse(c.head).go("/proposals/?state=reviewed").press("立案")
    assert "还没有勾选提案。请先在列表中勾选，再点“立案”。" in page.text


def test_rows_out_of_reach_are_refused_one_by_one(c):
    draft = make.draft(c)
    seen = make.reviewed(c)
    client = Client()
    client.force_login(c.head)
    data = {"act": "file", "confirmed": "1", "rows": [f"{draft.pk}-2", *marks(seen)], "back": ""}
    page = client.post("/proposals/batch/", data, follow=True).content.decode()
    assert "立案：成功 1 件，失败 1 件" in page
    assert "没有找到这件事项，或者您无权查看。" in page
    assert states(draft, seen) == [ProposalState.DRAFT, ProposalState.FILED]


def test_who_may_not_decide_changes_nothing(c):
    seen = make.reviewed(c)
    client = Client()
    client.force_login(c.staff)
    data = {"act": "file", "confirmed": "1", "rows": marks(seen)}
    page = client.post("/proposals/batch/", data, follow=True).content.decode()
    assert "您不能对这件事项“立案”。" in page
    assert states(seen) == [ProposalState.REVIEWED]


def test_hostile_rows_and_acts_are_refused_politely(c):
    client = Client()
    client.force_login(c.head)
    post = lambda **data: client.post("/proposals/batch/", data, follow=True).status_code  # noqa: E731
    assert post(act="nonsense", rows=["1-1"]) == 403
    assert post(act="file", rows=["", "abc", "9" * 40, "1-" + "9" * 40, "-1", "\x00"]) == 200
    assert post(act="file", confirmed="1", rows=["abc"]) == 200
    assert client.get("/proposals/batch/").status_code == 405


def test_pre_review_of_a_mixed_night_keeps_what_each_row_has(c, browse):
    """Blank means: each case's own category and the units its proposer suggests."""
    other, overall = make.business_category("农业农村"), Category.objects.filter(system="overall").first()
    first, second = make.submitted(c), make.submitted(c)
    Proposal.objects.filter(pk=second.pk).update(business_category=other, overall_category=overall)
    second.suggested_units.set([c.third_unit])
    page = browse(c.reviewer).go("/proposals/?state=submitted").press("初审", rows=marks(first, second))
    assert "留空则用各件现有类别。" in page.text and "不选则用各件提案人的建议。" in page.text
    assert page.press("初审", recommendation="file").text.count("初审：成功 2 件") == 1
    first, second = Proposal.objects.order_by("pk")
    assert [first.business_category, second.business_category] == [c.business, other]
    assert (second.overall_category, list(second.reviews.get().units.all())) == (overall, [c.third_unit])


def test_a_batch_without_any_category_says_which_row_needs_one(c, browse):
    good, bare = make.submitted(c), make.submitted(c, title="关于没有类别的提案")
    Proposal.objects.filter(pk=bare.pk).update(business_category=None)
    page = browse(c.reviewer).go("/proposals/?state=submitted").press("初审", rows=marks(good, bare))
    page = page.press("初审", recommendation="file")
    assert "初审：成功 1 件，失败 1 件" in page.text and "这件提案还没有类别，请选择。" in page.text
    assert states(good, bare) == [ProposalState.REVIEWED, ProposalState.SUBMITTED]


def test_the_form_for_many_has_the_fields_of_the_form_for_one(c, browse):
    """Units are ticked in groups; nothing is called optional and compulsory in one breath."""
    filed = make.filed(c)
    page = browse(c.staff).go("/proposals/?state=to_assign").press("交办", rows=marks(filed))
    content = page.response.content.decode()
    assert "---------" not in content and "multiple" not in content
    assert content.count('type="checkbox" name="others"') == 3
    assert "独办或主办单位（选填）" not in page.text and "交办说明（选填）" in page.text
