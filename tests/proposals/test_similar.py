"""Similar cases: found when near, shown only as far as the reader may know, the same each time."""

import pytest
from django.utils import timezone

from proposals import drafting
from proposals.acts import ProposalAct
from proposals.models import Category, Proposal
from proposals.similar import of_case, similar_cases
from proposals.suggesting import suggest
from search.models import IndexedText, SimilarTerm
from search.similar import refresh
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db

PARKING = (
    "关于增加老城区停车泊位的提案",
    "学校、医院和老街周边停车难，占道停车挤压人行空间，存在安全隐患。",
    ("利用边角地块建设小微停车场", "推动机关单位停车场错时开放"),
)
STRAW = (
    "关于推进秸秆综合利用的提案",
    "秸秆收储运体系不健全，离田成本高，禁烧压力大，农户只能就地焚烧。",
    ("布设收储点并给予补助", "支持农机合作社购置打捆设备"),
)
CANTEEN = (
    "关于发展老年助餐服务的提案",
    "独居、高龄老人做饭难，现有助餐点覆盖不足，运营可持续性差。",
    ("依托村级幸福院和社区食堂布点", "对助餐给予分类补贴", "鼓励餐饮企业参与配送"),
)
LIFE_IN_VILLAGE = "农村老人的子女多在外务工，高龄独居的老人做饭成了难题，村里现有的食堂少、亏损大，运营难以持续。"


def texted(proposal: Proposal, title: str, situation: str, suggestions) -> Proposal:
    """The same case under another text, as a ledger would have brought it."""
    Proposal.objects.filter(pk=proposal.pk).update(title=title, situation=situation, changed_at=timezone.now())
    drafting.write_suggestions(proposal, list(suggestions))
    return Proposal.objects.get(pk=proposal.pk)


def filed(c, text, **fields) -> Proposal:
    proposal = texted(make.filed(c), *text)
    Proposal.objects.filter(pk=proposal.pk).update(**fields)
    return proposal


def indexed() -> None:
    refresh("proposal")


def found(user, title, text="", **options) -> list[int | None]:
    return [case.pk for case in similar_cases(user, title, text, **options)]


def test_near_duplicates_reworded_demands_and_copied_halves_come_first(c):
    parking, straw, canteen = filed(c, PARKING), filed(c, STRAW), filed(c, CANTEEN)
    indexed()
    assert found(c.staff, "关于增加老城区停车泊位的建议") == [parking.pk]
    assert found(c.staff, "解决医院门口停车难")[0] == parking.pk
    assert found(c.staff, "让村里的老人吃上热饭", LIFE_IN_VILLAGE)[0] == canteen.pk
    copied = f"乡村振兴需要产业支撑。{STRAW[1]}还应办好职业教育，引导青年返乡创业，做强特色种植。"
    assert found(c.staff, "关于促进乡村产业发展的提案", copied)[0] == straw.pk
    assert found(c.staff, "关于培养少儿足球人才的提案", "县里没有标准足球场，教练不足，孩子们无处踢球。") == []
    assert found(c.staff, "关于的提案") == found(c.staff, "") == found(c.staff, "!?", "\0\x07…") == []


def test_what_is_withdrawn_changed_or_deleted_leaves_the_index_and_nothing_is_done_twice(c):
    proposal, other = make.submitted(c), filed(c, STRAW)
    indexed()
    assert refresh("proposal") == type(refresh("proposal"))(0, 0)
    assert found(c.staff, "校园周边交通管理") == [proposal.pk]
    perform(ProposalAct.WITHDRAW, proposal, c.author, {"reason": "情况有变"})
    texted(other, *PARKING)
    done = refresh("proposal", [proposal.pk, other.pk])
    assert (done.written, done.removed) == (1, 1)
    assert found(c.staff, "校园周边交通管理") == found(c.staff, "秸秆综合利用") == []
    assert found(c.staff, "老城区停车泊位") == [other.pk]
    assert not SimilarTerm.objects.filter(object_id=proposal.pk).exists()
    perform(ProposalAct.ASSIGN, other, c.staff, {"division": "sole", "unit": c.unit.pk})
    assert refresh("proposal").written == 0, "only the mark moved"
    assert list(IndexedText.objects.values_list("object_id", flat=True)) == [other.pk]


def test_a_change_is_indexed_after_commit_by_the_worker(c, monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr("notices.wake.soon", lambda task, *args: woken.append((task, *args)))
    proposal = make.draft(c)
    with django_capture_on_commit_callbacks(execute=True):
        perform(ProposalAct.SUBMIT, proposal, c.author)
        assert woken == []
    assert woken == [("search.refresh_similar", "proposal", [proposal.pk])]


def test_the_same_question_gives_the_same_order(c):
    cases = [filed(c, PARKING) for _ in range(3)]
    indexed()
    newest_first = [case.pk for case in reversed(cases)]
    for _ in range(3):
        assert found(c.staff, PARKING[0]) == found(c.staff, PARKING[0], PARKING[1]) == newest_first
    SimilarTerm.objects.all().delete()
    IndexedText.objects.all().delete()
    indexed()
    assert found(c.staff, PARKING[0]) == newest_first


def shown(user, **options) -> list[tuple]:
    cases = similar_cases(user, PARKING[0], PARKING[1], **options)
    return [(case.title, case.number, case.units, case.excerpt, case.is_open, case.pk) for case in cases]


def test_who_may_open_a_case_sees_all_and_others_who_write_only_that_it_exists(c):
    mine = make.replied(c, make.signed(c))
    proposal = texted(mine.proposal, *PARKING)
    indexed()
    whole = (PARKING[0], proposal.number, "县教育局", "您提出的提案收悉，现答复如下。", True, proposal.pk)
    stub = (PARKING[0], proposal.number, "县教育局", "", False, None)
    for user in (c.staff, c.head, c.reviewer, c.author, c.operator, c.dispatch):
        assert shown(user) == [whole], user
    for user in (c.other_member, c.contact):
        assert shown(user) == [stub], user
    # A unit and an administrator write no proposals: what they may not open does not exist for them.
    for user in (c.other_operator, c.administrator):
        assert shown(user) == [], user
    [case] = similar_cases(c.other_member, PARKING[0], PARKING[1])
    assert set(case.matched) <= {"停车", "泊位", "老城", "城区", "老城区", "增加"}, "no word of the text alone"
    assert "".join(piece.text for piece in case.pieces) == PARKING[0]
    assert [piece.text for piece in case.pieces if piece.marked]


def test_a_reply_is_shown_once_it_was_sent(c):
    mine = make.checked(c, make.signed(c))
    texted(mine.proposal, *PARKING)
    indexed()
    assert [row[3] for row in shown(c.staff)] == [""]


def test_where_publication_was_refused_only_that_there_is_one(c):
    proposal = filed(c, PARKING, publish_consent=False)
    indexed()
    [case] = similar_cases(c.other_member, PARKING[0], PARKING[1])
    assert (case.pk, case.title, case.number, case.units, case.excerpt) == (None, "", "", "", "")
    assert (case.matched, case.pieces, case.session, case.state_label) == ((), (), str(c.session), "已立案（待交办）")
    assert found(c.other_member, "停车") == [], "it cannot be asked word by word"
    assert found(c.staff, "停车") == found(c.author, "停车") == [proposal.pk]


def test_what_is_not_filed_is_nobody_elses(c):
    drafted = make.draft(c, title=PARKING[0], suggestions=PARKING[2])
    sent = make.submitted(c, title=PARKING[0], suggestions=PARKING[2])
    rejected = make.reviewed(c, title=PARKING[0], suggestions=PARKING[2])
    Proposal._base_manager.filter(pk=rejected.pk).update(state="not_filed")
    indexed()
    assert drafted.pk not in found(c.staff, PARKING[0])
    assert found(c.staff, PARKING[0]) == found(c.author, PARKING[0]) == [rejected.pk, sent.pk]
    assert similar_cases(c.other_member, PARKING[0]) == similar_cases(c.contact, PARKING[0]) == []


def test_the_case_itself_is_not_like_itself(c):
    one, other = filed(c, PARKING), filed(c, PARKING)
    indexed()
    assert [case.pk for case in of_case(c.staff, Proposal.objects.get(pk=one.pk))] == [other.pk]
    assert found(c.staff, PARKING[0], exclude=other.pk, limit=1) == [one.pk]


@pytest.mark.parametrize("hits", [1, 3])
def test_the_number_of_queries_is_one_and_the_same(c, django_assert_num_queries, hits):
    for _ in range(hits):
        texted(make.replied(c, make.signed(c)).proposal, *PARKING)
    indexed()
    similar_cases(c.author, "秸秆")  # the person's posts are asked once
    with django_assert_num_queries(7):
        assert len(similar_cases(c.author, PARKING[0], PARKING[1])) == hits


def test_category_and_units_are_suggested_with_their_reason(c):
    city = Category.objects.get_or_create(system="business", name="城乡建设与管理")[0]
    for _ in range(2):
        proposal = texted(make.assigned(c), *PARKING)
        Proposal.objects.filter(pk=proposal.pk).update(business_category=city)
    indexed()
    cases = similar_cases(c.other_member, PARKING[0], PARKING[1])
    category, unit = suggest(cases, has_category=False, chosen_units=[])
    why = f"与《{PARKING[0]}》（{proposal.number}）等 2 件相近，"
    assert (category.field, category.name, category.reason) == (
        "business_category",
        city.name,
        f"{why}当时归入“{city}”。",
    )
    assert (unit.field, unit.pk, unit.reason) == ("units", c.unit.pk, f"{why}当时由县教育局承办。")
    assert suggest(cases, has_category=True, chosen_units=[c.unit.pk]) == []
    assert suggest(cases, has_category=True, chosen_units=[1, 2, 3, 4, 5]) == []
    # A single case decides only when it is very near; one whose title may not be named never.
    far = similar_cases(c.staff, "规范街边停车秩序")[:1]
    assert suggest(far, has_category=False, chosen_units=[]) == []
    Proposal.objects.update(publish_consent=False)
    hidden = similar_cases(c.other_member, PARKING[0], PARKING[1])
    assert len(hidden) == 2
    assert suggest(hidden, has_category=False, chosen_units=[]) == []


def test_seen_and_ticked_goes_on_file_and_never_stands_in_the_way(c):
    filed(c, PARKING)
    indexed()
    ticked, left = make.draft(c), make.draft(c)
    perform(ProposalAct.SUBMIT, ticked, c.author, {"similar_read": "on"})
    perform(ProposalAct.SUBMIT, left, c.author, {})
    ticked.refresh_from_db()
    left.refresh_from_db()
    assert (ticked.state, left.state) == ("submitted", "submitted")
    assert ticked.similar_read_at == ticked.submitted_at
    assert left.similar_read_at is None
