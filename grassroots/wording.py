"""What follows from each act, and what is said after it."""

from .acts import Act

CONSEQUENCES = {
    Act.SELECT: "通过后要公示议题。请把公示用的文字改好，去掉姓名和电话。",
    Act.DECLINE: "提出人凭查询码能看到原因，以及可以到哪里反映。下级已经公示过的，公开页面上写明未受理和原因；"
                 "不宜再公开的，请另办“撤下公开”。",
    Act.RECONSIDER: "议题回到“待初选”，提出人能看到。",
    Act.POST: "公示后，任何人都能在公开页面看到下面的文字。公示期满再开始调研。",
    Act.NOTE: "登记公示或调研中收到的意见，只有议事室和上级能看到。",
    Act.END_POSTING: "公示期满，开始实地调研。",
    Act.RECORD_SURVEY: "登记后准备开协商会。",
    Act.CALL: "提出人能看到协商会的时间，期限改为这一天。",
    Act.RECORD_MEETING: "登记以后由召集人签发纪要；签发以前还可以重新登记。",
    Act.SIGN_MINUTES: "签发后不能再改。有共识的接着交办；没有谈成的，直接反馈提出人。",
    Act.ASSIGN: "责任单位马上收到消息，按纪要写明的期限落实。",
    Act.REPORT: "全部要点都有了结果以后，由议事室反馈提出人。",
    Act.URGE: "给还没有办完的单位发消息。每个工作日只能催办一次。",
    Act.EXTEND: "责任单位和提出人都能看到新的期限。",
    Act.ANSWER: "提出人看到反馈后评价；不满意的，重新办理。",
    Act.RATE: "评价不能修改。不满意的，议事室重新办理。",
    Act.RATE_FOR: "记为代录的评价，不能修改。",
    Act.CONSULT_AGAIN: "还没有办完的要点不再办理，重新开协商会商定。",
    Act.PASS_UP: "议题转到上一级议事室，由那里的召集人办理；本室还能看到进展。已经公开的内容仍在公开页面上，写明“已提交上一级”。",
    Act.PASS_DOWN: "议题转到下级议事室，由那里的召集人办理；本室还能看到进展。",
    Act.MOVE_ON: "为这位委员起草一份草稿，由委员修改后自己提交。本室的办理到此结束。",
    Act.ADD_FILES: "现场照片、签到表等。能看到这件议题的人都能看到，不对公众公开。",
    Act.RELEASE: "公开后，任何人都能看到下面的文字，代替以前公开的内容。",
    Act.UNRELEASE: "公开页面上马上看不到这件议题。",
    Act.GO_OFFLINE: "涉密或不宜在网上办理的，转线下。系统里的文字、附件和联系方式全部清除，不能恢复。",
    Act.ARCHIVE: "归档以后不再办理。",
}  # fmt: skip
DONE = {
    Act.SELECT: "已受理，请接着公示。", Act.DECLINE: "已记录，提出人能看到原因。", Act.POST: "已公示。",
    Act.RECORD_MEETING: "已登记，请召集人签发纪要。", Act.SIGN_MINUTES: "已签发。", Act.ASSIGN: "已交办，正在通知责任单位。",
    Act.REPORT: "已报告。", Act.URGE: "已催办。", Act.ANSWER: "已反馈，等提出人评价。", Act.RATE: "谢谢您的评价。",
    Act.PASS_UP: "已提交上一级。", Act.PASS_DOWN: "已转下级办理。", Act.MOVE_ON: "已转办。", Act.RELEASE: "已公开。",
    Act.UNRELEASE: "已撤下。", Act.ARCHIVE: "已归档。", Act.GO_OFFLINE: "已转线下，内容已清除。", Act.ADD_FILES: "已上传。",
}  # fmt: skip
