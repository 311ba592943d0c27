"""A proposal from the first word to 办结, by thirteen people who each log in and find it on their home page.

At every step three things are looked at: the sentence 现在由谁办, what waits for the next person,
and that the button of the one who has just acted is gone.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from proposals.models import Proposal
from tests.factories import county as make

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TITLE = "关于加强校园周边交通管理的提案"
SITUATION = "上下学时段校门口拥堵，存在安全隐患，家长反映强烈。"
SUGGESTIONS = ["在校门口增设减速带和护学岗。", "错开上下学时间。"]


@dataclass
class Step:
    """`who` finds `todo` on the home page, fills the page of `act` and presses its button.

    `then`: the sentence on the case page afterwards; {due} stands for the date, {rating} for the rating's.
    `stays`: the button rightly stays (a second contact may be logged).
    """

    who: str
    todo: str
    act: str
    then: str = ""
    fields: dict = field(default_factory=dict)
    stays: bool = False


CONTACT = {"participants": "周明远、吴小兰", "content": "在学校现场商定办理思路。"}
TO_BE_ANSWERED = "现在由县教育局办理，应于{due}前答复。"
WITH_ASSISTANT = "现在由县教育局办理，应于{due}前答复；另有1个单位在办。"

FILING = [
    Step("reviewer", "初审", "初审", "现在由提案委审定。", {"recommendation": "建议立案"}),
    Step("head", "审定", "立案", "现在由提案委编号。"),
    Step("staff", "编号", "编号", "现在由提案委或交办机构交办。"),
    Step(
        "staff", "交办", "交办", "现在由县教育局签收，应于{sign}前签收；另有1个单位在办。",
        {"division": "主办＋会办（主办单位答复）", "unit": "县教育局", "others": ["县财政局"]},
    ),
]  # fmt: skip
SIGNING = [
    Step("operator", "签收", "签收", WITH_ASSISTANT),
    Step("operator", "联系提案人", "登记面商", WITH_ASSISTANT, CONTACT, stays=True),
]
ASSISTING = [
    Step("other_operator", "签收", "签收", WITH_ASSISTANT),
    Step("other_operator", "报会办意见", "报会办意见", WITH_ASSISTANT, {"opinion": "同意安排专项经费。"}),
    Step("other_leader", "审签", "审签", TO_BE_ANSWERED),
]
ANSWERING = [
    Step("author", "对答复稿提意见", "对答复稿提意见", TO_BE_ANSWERED, {"comment": "同意。"}),
    Step("operator", "报领导审签", "报审签", "现在由县教育局审签答复，应于{due}前答复。"),
    Step("leader", "审签", "审签", "现在由交办机构复核县教育局的答复，应于{due}前答复。"),
    Step("dispatch", "复核答复", "复核通过", "现在由县教育局发出答复，应于{due}前答复。"),
    Step("operator", "发出答复", "发出答复", "现在由周明远评价，应于{rating}前评价。"),
]
AGAIN = [Step("operator", "联系提案人", "登记面商", TO_BE_ANSWERED, CONTACT, stays=True)]
NOT_YET = Step(
    "author", "评价答复", "评价", TO_BE_ANSWERED,
    {"attitude": "基本满意", "result": "不满意", "reason": "减速带还没有装。"},
)  # fmt: skip
AT_LAST = Step("author", "评价答复", "评价", "已办结。", {"attitude": "满意", "result": "满意", "contacted": "联系过"})


@pytest.fixture
def desks(c, desk_of):
    """A desk for everybody in the county; whoever sits down for the first time logs in."""
    seated = {}

    def desk(who: str):
        if who not in seated:
            seated[who] = desk_of()
            seated[who].log_in(getattr(c, who))
        return seated[who]

    return desk


def test_from_the_first_word_to_the_last(c, desks):
    proposal = write(desks("author"), c)
    invite(desks, proposal)
    agree(desks, proposal)
    submit(desks, proposal)
    walk(desks, proposal, FILING + SIGNING + ASSISTING)
    answer(desks, proposal, "部分采纳")
    walk(desks, proposal, [*ANSWERING, NOT_YET, *AGAIN])
    assert desks("author").todo(TITLE) == []
    answer(desks, proposal, "采纳")
    walk(desks, proposal, [*ANSWERING, AT_LAST])
    nobody_has_it_any_more(c, desks)


def write(desk, c) -> Proposal:
    """Type it as people do; the indicator shows the time at which the server stored it."""
    page = desk.page
    desk.choose("写提案")
    page.click("#id_title")
    page.keyboard.type(TITLE)
    desk.fill(business_category="教科文卫体")
    page.click("#id_situation")
    page.keyboard.type(SITUATION)
    page.click("#id_suggestions-0-text")
    page.keyboard.type(SUGGESTIONS[0])
    page.click("[name=add_suggestions]")
    page.keyboard.type(SUGGESTIONS[1])
    desk.fill(no_secrets=True, own_work=True, publish_consent="同意公开")
    page.wait_for_selector("[data-autosave-status][data-state=saved]")
    page.wait_for_url("**/edit/")
    return stored(page)


def stored(page) -> Proposal:
    """What the server has, when the page says that it has everything."""
    page.keyboard.press("Tab")
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('portal-draft:'))")
    proposal = Proposal.objects.get(title=TITLE)
    said = page.text_content("[data-autosave-text]")
    assert said == f"已保存 {timezone.localtime(proposal.saved_at):%H:%M:%S}"
    assert (proposal.situation, [s.text for s in proposal.suggestions.all()]) == (SITUATION, SUGGESTIONS)
    assert (proposal.no_secrets, proposal.own_work, proposal.publish_consent) == (True, True, True)
    return proposal


def invite(desks, proposal):
    desk = desks("author")
    desk.press("下一步：检查并提交")
    desk.page.wait_for_selector("h1:has-text('检查并提交')")
    assert desk.page.locator(".suggestions li").all_inner_texts() == SUGGESTIONS
    desk.choose("先邀请其他委员联名")
    desk.fill(persons=["李素芬"])
    desk.press("邀请联名")
    assert desk.told() == "邀请已发出。"
    closes = Proposal.objects.get(pk=proposal.pk).cosigning_closes
    assert desk.sentence(proposal) == f"现在由受邀委员确认联名，应于{day(closes)}前确认。"
    assert "继续编写" not in desk.buttons(proposal)


def agree(desks, proposal):
    desk = desks("cosigner")
    assert desk.todo(TITLE) == ["答复联名邀请"]
    desk.take(TITLE, "答复联名邀请")
    assert desk.page.locator(".suggestions li").all_inner_texts() == SUGGESTIONS  # read before agreeing
    desk.press("同意联名")
    assert desk.told() == "您已同意联名。"
    assert desk.buttons(proposal) == []
    assert desk.todo(TITLE) == []


def submit(desks, proposal):
    desk = desks("author")
    assert desk.todo(TITLE) == ["提交提案"]
    desk.take(TITLE, "提交提案")
    desk.press("提交")
    desk.page.wait_for_selector("h1:has-text('提案已提交')")
    number = Proposal.objects.get(pk=proposal.pk).receipt_number
    assert desk.page.text_content(".receipt__number strong") == number
    assert desk.sentence(proposal) == "现在由提案委审查。"
    assert desk.buttons(proposal) == ["申请修改文字", "撤回"]


def walk(desks, proposal, steps):
    for step in steps:
        take(desks(step.who), proposal, step)


def take(desk, proposal, step):
    """One step, and what everybody sees of it."""
    assert [what.split("（")[0] for what in desk.todo(TITLE)] == [step.todo]
    desk.take(TITLE, step.todo)
    if desk.page.url.endswith(proposal.get_absolute_url()):
        desk.choose(step.act)
    desk.fill(**step.fields)
    desk.press(step.act)
    desk.page.wait_for_selector(".notice--success")
    desk.open(proposal)
    assert desk.sentence(proposal) == step.then.format(**dates(proposal)), step
    assert (step.act in desk.buttons(proposal)) == step.stays, step


def answer(desks, proposal, verdict: str):
    """The reply: an answer to every suggestion, class B with a promise, and off to the proposer."""
    desk = desks("operator")
    assert desk.todo(TITLE) == ["撰写答复"]
    desk.take(TITLE, "撰写答复")
    page = desk.page
    page.click("#id_body")
    page.keyboard.type("您提出的提案收悉，我局现场办理，现答复如下。")
    for suggestion in proposal.suggestions.all():
        desk.fill(**{f"verdict_{suggestion.pk}": verdict, f"answer_{suggestion.pk}": "已列入年度计划。"})
    desk.fill(result_class="B 正在解决")
    page.click("[name=add_commitments]")
    page.keyboard.type("安装减速带六处")
    due = (timezone.localdate() + timedelta(days=60)).isoformat()
    desk.fill(**{"commitments-0-owner": "县教育局", "commitments-0-due_on": due})
    desk.press("下一步：预览并送出")
    page.wait_for_selector("h1:has-text('答复稿预览')")
    assert "安装减速带六处" in page.inner_text(".letter")
    desk.choose("送提案人征求意见")
    desk.press("送提案人征求意见")
    page.wait_for_selector(".notice--success")
    assert "送提案人征求意见" not in desk.buttons(proposal)


def nobody_has_it_any_more(c, desks):
    """But what is offered afterwards: the unit may rate the proposal, and what may be published waits to be."""
    waiting = {who: desks(who).todo(TITLE) for who in ("author", "cosigner", "operator", "leader", "staff", "dispatch")}
    assert waiting == {**dict.fromkeys(waiting, []), "operator": ["评价提案质量"], "staff": ["预览并公开"]}
    assert desks("author").page.locator(".own__item", has_text=TITLE).locator(".badge").inner_text() == "办结"


def dates(proposal) -> dict[str, str]:
    share = make.share(proposal, proposal.assignments.get(kind="lead").unit) if proposal.assignments.exists() else None
    if share is None:
        return {}
    return {"sign": day(share.sign_due_on), "due": day(share.due_on), "rating": day(share.rating_due_on)}


def day(moment) -> str:
    """A date as the sentence writes it: 2026年11月26日（星期四）."""
    if moment is None:
        return ""
    when = timezone.localdate(moment) if hasattr(moment, "hour") else moment
    return f"{when.year}年{when.month}月{when.day}日（{date_format(when, 'l')}）"
