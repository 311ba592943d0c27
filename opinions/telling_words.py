"""What each audience reads of an act: one sentence that says what it means for them, and by when."""

from django.utils import timezone

from .acts import Act, TransferAct
from .kinds import Urgency
from .states import TransferState

R, T = "opinion", "opinion_transfer"

WORDS = {
    (R, Act.SUBMIT): {"editors": "{author}反映了一条社情民意（{urgency}），请编辑处理{by}。"},
    (R, Act.TAKE_UP): {"authors": "您反映的社情民意已开始编辑。"},
    (R, Act.JOIN): {"authors": "您反映的社情民意与同类信息合并，编成综合稿；编发时您一并署名。"},
    (R, Act.SEPARATE): {"authors": "您反映的社情民意改为单独编辑。"},
    (R, Act.SEND_FOR_REVIEW): {"reviewers": "编辑稿已送审，请审核{by}。"},
    (R, Act.REVIEW): {"signers": "社情民意已审核，请签发{by}。", "authors": "您反映的社情民意已通过审核，待领导签发。"},
    (R, Act.REVIEW_BACK): {"editors": "审核退回，请修改编辑稿后重新送审。"},
    (R, Act.SIGN): {"office": "领导已签发，请编发。", "authors": "您反映的社情民意已由领导签发。"},
    (R, Act.SIGN_BACK): {"office": "领导没有签发，退回编辑，请按意见修改。"},
    (R, Act.ISSUE): {"authors": "您反映的社情民意已编入《社情民意》{issue}报送，谢谢您。"},
    (R, Act.ISSUE_WITH): {"authors": "您反映的社情民意已随综合稿编入《社情民意》{issue}报送，谢谢您。"},
    (R, Act.KEEP): {"authors": "您反映的社情民意没有编发，已留存备用。"},
    (R, Act.RETURN): {"authors": "您反映的社情民意退回修改，请按说明修改后重新提交。"},
    (R, Act.HAND_OVER): {
        "units": "县政协转来一条社情民意，请签收办理，并把办理情况报回。",
        "authors": "您反映的社情民意已转有关单位办理，办理情况核对后反馈给您。",
    },
    (R, Act.RESUME): {"authors": "您反映的社情民意重新进入编辑。"},
    (R, Act.FORWARD): {"authors": "您反映的社情民意已报送上级，请查看。"},
    (R, Act.ADOPT): {"authors": "您反映的社情民意得到采用，请查看。"},
    (R, Act.INSTRUCT): {"authors": "您反映的社情民意得到领导批示，请查看。"},
    (R, Act.VOID): {"authors": "您反映的社情民意有一条采用或批示登记更正，请查看。"},
    (R, Act.GIVE_BACK): {"editors": "原提案撤销了不予立案的决定，这条由提案转来的社情民意不再办理。"},
    (R, Act.MOVE_OFFLINE): {
        "authors": "这条社情民意转线下渠道办理，系统里的文字和附件已清除。",
        "editors": "这条社情民意转线下渠道办理，系统里的文字和附件已清除。",
    },
    (T, TransferAct.SIGN_FOR): {"office": "{unit}已签收转办的社情民意。"},
    (T, TransferAct.SEND_BACK): {"office": "{unit}申请退回转办的社情民意，请处理。"},
    (T, TransferAct.REPLY): {"office": "{unit}报来办理情况，请核对后反馈给反映人。"},
    (T, TransferAct.CHECK): {
        "authors": "{unit}办理您反映的社情民意的情况已经核对，请查看。",
        "unit": "你单位报送的办理情况已核对并反馈给反映人。",
    },
    (T, TransferAct.CHECK_BACK): {"unit": "转办的社情民意退回你单位补充办理，请按说明办理后重新报送。"},
    (T, TransferAct.URGE): {"unit": "县政协催办转给你单位的社情民意，请{doing}。"},
    (T, TransferAct.POSTPONE): {
        "office": "{unit}办理转办社情民意的答复期限延到{due}。",
        "unit": "转你单位办理的社情民意，答复期限延到{due}。",
        "authors": "{unit}办理您反映的社情民意，答复期限延到{due}。",
    },
    (T, TransferAct.RECALL): {
        "unit": "这条社情民意不再由你单位办理。",
        "authors": "转{unit}办理的社情民意已收回，另行处理。",
    },
}


def _by(report, part, event) -> str:
    if report.target_at is None:
        return ""
    at = timezone.localtime(report.target_at)
    hour = f" {at:%H:%M} " if report.urgency == Urgency.PRESSING else ""
    return f"，{at.month}月{at.day}日{hour}前办完"


def _doing(report, part, event) -> str:
    """What the unit is asked for, and until when."""
    waits = part.state == TransferState.AWAITING_SIGN
    due = part.sign_due_on if waits else part.due_on
    deed = "签收" if waits else "报送办理情况"
    if due is None or due < timezone.localdate(event.happened_at):
        return f"尽快{deed}" + ("（已过期限）" if due else "")
    return f"{_day(due)}前{deed}"


def _day(day) -> str:
    return f"{day.month}月{day.day}日"


FACTS = {
    "doing": _doing,
    "due": lambda report, part, event: _day(part.due_on),
    "author": lambda report, part, event: report.reporter_name,
    "urgency": lambda report, part, event: report.get_urgency_display(),
    "by": _by,
    "issue": lambda report, part, event: event.data.get("issue", ""),
    "unit": lambda report, part, event: str(part.unit),
}
