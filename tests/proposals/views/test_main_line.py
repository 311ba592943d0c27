"""The whole way of a proposal through the pages' own forms, without JavaScript."""

from django.utils import timezone

from proposals.models import Assignment, Proposal
from proposals.states import ProposalState


def test_from_draft_to_rating(c, browse):
    author, reviewer, head, staff = map(browse, (c.author, c.reviewer, c.head, c.staff))
    operator, leader, dispatch = map(browse, (c.operator, c.leader, c.dispatch))

    number = _written_and_submitted(author, c)
    _reviewed_filed_assigned(c, reviewer, head, staff)
    _signed_and_contacted(operator)
    _reply_written(operator)
    _commented(author)
    _sent(operator, leader, dispatch)

    page = author.go("/").follow("评价答复关于加强校园周边交通管理的提案")
    page = page.press("评价", attitude="satisfied", result="basically")
    assert "评价已提交，谢谢您。" in page.text
    proposal = Proposal.objects.get(receipt_number=number)
    assert proposal.state == ProposalState.CLOSED
    assert "已办结。" in page.text


def _written_and_submitted(author, c) -> str:
    page = author.go("/").follow("写提案")
    page = page.press("保存草稿", title="关于加强校园周边交通管理的提案")
    assert "草稿已保存" in page.text
    page = page.press("添加一条", situation="上下学时段校门口拥堵。", **{"suggestions-0-text": "增设减速带"})
    page = page.press("下一步：检查并提交", business_category=c.business.pk, **{"suggestions-1-text": "错时上下学"})
    assert "请确认内容不含国家秘密和工作秘密" in page.text
    page = page.follow("请确认内容不含国家秘密和工作秘密")
    page = page.press("下一步：检查并提交", no_secrets="on", own_work="on", publish_consent="true")
    page = page.press("提交")
    assert "提案已提交" in page.text
    return Proposal.objects.get().receipt_number


def _reviewed_filed_assigned(c, reviewer, head, staff) -> None:
    title = "关于加强校园周边交通管理的提案"
    page = reviewer.go("/").follow(f"初审{title}").press("初审", recommendation="file")
    assert "初审意见已提交。" in page.text
    page = head.go("/").follow(f"审定{title}").follow("立案").press("立案")
    assert "已立案。" in page.text
    assert "已编号。" in staff.go("/").follow(f"编号{title}").press("编号").text
    page = staff.go("/").follow(f"交办{title}").press("交办", division="sole", unit=c.unit.pk)
    assert "已交办。" in page.text


def _signed_and_contacted(operator) -> None:
    title = "关于加强校园周边交通管理的提案"
    page = operator.go("/").follow(f"签收{title}").press("签收")
    assert "已签收。请尽快与提案人联系。" in page.text
    page = operator.go("/").follow(f"联系提案人{title}")
    page = page.press("登记面商", participants="周明远、吴小兰", content="商定办理思路")
    assert "面商已登记。" in page.text


def _reply_written(operator) -> None:
    page = operator.go("/").follow("撰写答复关于加强校园周边交通管理的提案")
    names = sorted(name for name in page.form("保存草稿").names if name.startswith("verdict_"))
    page = page.press("添加一项", body="您提出的提案收悉。", result_class="B", **dict.fromkeys(names, "adopted"))
    unit = Assignment.objects.get().unit_id
    day = timezone.localdate().replace(month=12, day=31).isoformat()
    promise = {"commitments-0-measure": "完成改造", "commitments-0-owner": unit, "commitments-0-due_on": day}
    page = page.press("下一步：预览并送出", **promise)
    assert "您提出的《关于加强校园周边交通管理的提案》（第001号）收悉" in page.text
    page = page.follow("送提案人征求意见").press("送提案人征求意见")
    assert "答复稿已送提案人征求意见。" in page.text


def _commented(author) -> None:
    page = author.go("/").follow("对答复稿提意见关于加强校园周边交通管理的提案")
    assert "完成改造" in page.text
    assert "您的意见已送承办单位。" in page.press("对答复稿提意见", comment="同意").text


def _sent(operator, leader, dispatch) -> None:
    title = "关于加强校园周边交通管理的提案"
    assert "已报单位领导审签。" in operator.go("/").follow(f"报领导审签{title}").press("报审签").text
    assert "已审签。" in leader.go("/").follow(f"审签{title}").press("审签").text
    assert "复核通过" in dispatch.go("/").follow(f"复核答复{title}").press("复核通过").text
    assert "答复已发出" in operator.go("/").follow(f"发出答复{title}").press("发出答复").text
