"""What people read around an act: what will follow from it, and what is said once it is done."""

from .acts import Act, TransferAct

# Done before everybody, with words that are between the office and the unit.
BETWEEN = frozenset({TransferAct.URGE, TransferAct.POSTPONE})
# act: (before doing it, after it was done)
REPORT = {
    Act.SUBMIT: ("提交后由政协机关信息工作人员处理，文字随即锁定。", "已提交，谢谢您。办到哪一步，会随时告诉您。"),
    Act.WITHDRAW: ("撤回后不再办理，也不能恢复；如需再反映，请另写一条。", "已撤回。"),
    Act.TAKE_UP: ("由您担任编辑。原文不动，另起一份编辑稿供您修改；反映人会收到消息。", "已开始编辑，请修改编辑稿。"),
    Act.EDIT: ("原文保持不变，改动会标出来。", "编辑稿已保存。"),
    Act.JOIN: ("本条不再单独编辑，随所选综合稿一起编发，反映人一并署名；反映人会收到消息。", "已并入综合稿。"),
    Act.SEPARATE: ("本条回到待编辑，综合稿里写进的内容请自行删去。", "已取消并入，回到待编辑。"),
    Act.SEND_FOR_REVIEW: ("送机关负责人审核，审核期间编辑稿不能修改。", "已送审核。"),
    Act.REVIEW: ("审核后送分管领导签发。编辑、审核、签发要由不同的人办。", "审核通过，已送领导签发。"),
    Act.REVIEW_BACK: ("退回编辑修改，反映人不会收到消息。", "已退回编辑。"),
    Act.SIGN: ("签发后由信息工作人员编入《社情民意》，报送有关领导和单位。", "已签发。"),
    Act.SIGN_BACK: ("退回编辑修改，反映人不会收到消息。", "已退回编辑。"),
    Act.ISSUE: ("编入《社情民意》今年的下一期，期号编后不变、不重用；所有反映人都会收到消息。", "已编发，可以下载印发稿。"),
    Act.KEEP: ("不编发，留存备用，以后可以重新编辑；反映人会收到您写的理由。", "已留存。"),
    Act.RETURN: ("退回反映人修改，修改后重新提交；反映人会收到您写的意见。", "已退回反映人修改。"),
    Act.HAND_OVER: ("所选单位会收到消息并签收办理，办理情况报回后由您核对、反馈给反映人。单位看到的只有下面的编辑稿和办理要求；里面写有所代群众的姓名、电话的，不能转办。", "已转办。"),
    Act.RESUME: ("重新进入编辑，由您担任编辑，处理时限从现在重新计算；反映人会收到消息。", "已重新进入编辑。"),
    Act.FORWARD: ("记下报送给哪一级、哪个单位；反映人能看到。", "上报已登记。"),
    Act.ADOPT: ("列入年度统计，反映人会收到消息；任何时候知道了都可以补登。", "采用已登记。"),
    Act.INSTRUCT: ("列入年度统计，反映人会收到消息；任何时候知道了都可以补登。", "批示已登记。"),
    Act.VOID: ("作废后不再列入统计，记录和原因仍保留；确有其事的请重新登记。", "已作废。"),
    Act.TO_PROPOSAL: ("为您新建一份提案草稿，标题和文字照本条填好，都可以改；本条照常办理。", "已新建提案草稿，请到“提案”里接着写。"),
    Act.MOVE_OFFLINE: (
        "标题、正文、编辑稿和附件马上从系统里清除，谁也看不到，也不能恢复；只留下编号、日期和经手人。"
        "请先按保密要求另存底稿；之后在线下办理。已经并入综合稿的，综合稿里的文字要另行处理。",
        "已转线下办理，系统里的文字和附件已清除。",
    ),
}  # fmt: skip
TRANSFER = {
    TransferAct.SIGN_FOR: ("签收后由本单位办理；不属本单位职责的，可以申请退回。", "已签收。"),
    TransferAct.SEND_BACK: ("由政协机关决定收回或请你单位继续办理，决定之前期限照常计算。", "已申请退回。"),
    TransferAct.REPLY: ("报送后由政协机关核对，再反馈给反映人。", "办理情况已报送。"),
    TransferAct.CHECK: ("核对后，反映人马上看到单位报送的办理情况。", "已反馈给反映人。"),
    TransferAct.CHECK_BACK: ("单位会收到您写的意见，办好后重新报送；期限不变。", "已退回单位补充。"),
    TransferAct.URGE: ("单位的经办人和领导马上收到催办消息；一天最多催一次。", "已催办。"),
    TransferAct.POSTPONE: ("新的期限马上生效，单位、政协机关和反映人都会收到消息；单位自己只能延一次。", "已延期。"),
    TransferAct.RECALL: ("单位不再办理，也不再看到这条信息；需要的可以另转其他单位。", "已收回。"),
}
WORDS = {"opinion": REPORT, "opinion_transfer": TRANSFER}


def consequence(process: str, act: str) -> str:
    return WORDS[process].get(act, ("", ""))[0]


def done(process: str, act: str) -> str:
    return WORDS[process].get(act, ("", "已完成。"))[1]
