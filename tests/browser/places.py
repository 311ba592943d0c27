"""Every page there is, by name: who opens it, and where it is. {name} stands for the case's number."""

READING = {
    **{f"home of {who}": (who, "/") for who in (
        "author", "cosigner", "contact", "reviewer", "staff", "head", "dispatch",
        "operator", "leader", "other_operator", "administrator",
    )},
    "all proposals": ("staff", "/proposals/"),
    "own proposals": ("author", "/proposals/"),
    "the unit's proposals": ("operator", "/proposals/"),
    "nothing found": ("author", "/proposals/?q=没有这样的词"),
    "wrong filter": ("staff", "/proposals/?state=nonsense"),
    "draft": ("author", "/proposals/{draft}/"),
    "co-signing, author": ("author", "/proposals/{cosigning}/"),
    "co-signing, invited": ("invitee", "/proposals/{cosigning}/"),
    "to review": ("reviewer", "/proposals/{submitted}/"),
    "similar cases": ("reviewer", "/proposals/{submitted}/similar/"),
    "to decide": ("head", "/proposals/{reviewed}/"),
    "sent back": ("author", "/proposals/{returned}/"),
    "not filed": ("author", "/proposals/{rejected}/"),
    "to number": ("staff", "/proposals/{filed}/"),
    "with the unit": ("operator", "/proposals/{handling.proposal}/"),
    "assisting": ("other_operator", "/proposals/{handling.proposal}/"),
    "to check": ("dispatch", "/proposals/{awaiting_check.proposal}/"),
    "return asked": ("dispatch", "/proposals/{unwanted.proposal}/"),
    "to rate": ("author", "/proposals/{replied.proposal}/"),
    "second round": ("author", "/proposals/{second_round.proposal}/"),
    "three sides": ("staff", "/proposals/{tripartite.proposal}/"),
    "closed": ("author", "/proposals/{closed}/"),
    "receipt": ("author", "/proposals/{submitted}/receipt/"),
    "review report": ("staff", "/reports/review/"),
    "unit assessment": ("staff", "/reports/units/"),
    "own unit's assessment": ("operator", "/reports/units/"),
    "behind a number": ("staff", "/reports/units/rows/sign/counted/"),
    "awards, nominating": ("head", "/reports/awards/"),
    "archives": ("staff", "/proposals/archives/"),
    "entered by the committee": ("author", "/proposals/{by_proxy}/"),
    "inbox": ("author", "/inbox/"),
    "reminders to come": ("staff", "/inbox/coming/"),
    "settings of messages": ("author", "/inbox/settings/"),
    "calendar": ("author", "/inbox/calendar/"),
    "announcements": ("author", "/announcements/"),
    "one announcement": ("author", "/announcements/{announced}/"),
    "announcements issued": ("staff", "/announcements/issued/"),
    "announcement, its writer": ("staff", "/announcements/{announced}/"),
    "announcement, who has read it": ("staff", "/announcements/{announced}/readers/"),
    "reports": ("author", "/opinions/"),
    "one report": ("author", "/opinions/{reported}/"),
    "a report at a unit": ("operator", "/opinions/{reported}/"),
    "topics, a member": ("author", "/consultations/"),
    "a plan in the making": ("office", "/consultations/plans/{next_plan}/"),
    "a suggested topic": ("author", "/consultations/ideas/{idea}/"),
    "a topic, asking": ("author", "/consultations/topics/{asking}/"),
    "a topic, its committee": ("staff", "/consultations/topics/{asking}/"),
    "a topic, its unit": ("operator", "/consultations/topics/{recommended.topic}/"),
    "an outcome": ("staff", "/consultations/outcomes/{recommended.outcome}/"),
    "tracking": ("operator", "/consultations/items/"),
    "figures of the consultations": ("staff", "/consultations/figures/"),
    "what was sent to me": ("author", "/inbox/sent/"),
    "how a date was computed": ("author", "/deadlines/explain/?step=reply&from=2026-09-25"),
    "published list": (None, "/public/"),
    "published case": (None, "/public/{closed}/"),
    "refused act": ("operator", "/proposals/assignments/{handling}/acts/submit_reply/"),
    "not allowed": ("operator", "/proposals/{submitted}/"),
    "password": ("author", "/password/"),
    "privacy notice": (None, "/privacy/"),
    "privacy notice, to choose": ("cosigner", "/privacy/"),
    "privacy notice, chosen": ("author", "/privacy/"),
    "own profile": ("author", "/me/"),
    "correct profile": ("author", "/me/correct/"),
    "desk of the review": ("reviewer", "/proposals/review/?case={submitted}"),
    "desk, polishing": ("reviewer", "/proposals/review/?case={submitted}&polish=1"),
    "desk, deciding": ("head", "/proposals/review/?queue=reviewed&case={reviewed}&act=return"),
    "desk, beside": ("head", "/proposals/review/?queue=reviewed&case={reviewed}&beside={filed}"),
    "figures of the night": ("staff", "/proposals/review/figures/"),
    "similar to the open case": ("reviewer", "/proposals/review/{submitted}/similar/"),
    "file as recommended": ("head", "/proposals/review/file/"),
    "numbers to be given": ("staff", "/proposals/numbering/"),
    "directory": ("author", "/directory/"),
    "directory, nobody": ("author", "/directory/?q=没有"),
    "directory, not allowed": ("operator", "/directory/"),
    "workbench of 交办": ("staff", "/proposals/assigning/"),
    "papers of 交办": ("dispatch", "/proposals/assigned/"),
    "dispatch office's desk": ("dispatch", "/proposals/dispatch/"),
    "leads": ("author", "/proposals/leads/"),
    "late cases": ("dispatch", "/proposals/late/"),
    "units' progress": ("dispatch", "/proposals/late/units/"),
    "promises": ("dispatch", "/proposals/commitments/"),
    "one promise": ("operator", "/proposals/commitments/{promise}/"),
    "bring a lead": (None, "/public/leads/"),
    "ask about a lead": (None, "/public/leads/ask/"),
    "desk of the unit": ("operator", "/proposals/desk/?tab=in_hand"),
    "desk of the unit, leader": ("leader", "/proposals/desk/?tab=to_sign_off"),
    "desk of the unit, sent": ("operator", "/proposals/desk/?tab=sent"),
    "desk of the unit, nothing": ("other_operator", "/proposals/desk/?tab=waiting"),
    "desk of the unit, not allowed": ("author", "/proposals/desk/"),
    "reply as a letter": ("author", "/proposals/replies/{replied.reply}/"),
    "key proposals": ("staff", "/proposals/key/"),
    "demands": ("dispatch", "/proposals/demands/"),
    "leaders' page": ("other_member", "/proposals/leading/"),
    "supervision of a case": ("staff", "/proposals/{supervised}/supervision/"),
    "key proposal, unit": ("operator", "/proposals/{supervised}/"),
}  # fmt: skip

WRITING = {
    "new": ("author", "/proposals/new/"),
    "edit": ("author", "/proposals/{draft}/edit/"),
    "on behalf": ("staff", "/proposals/new/on-behalf/"),
    "for whom": ("contact", "/proposals/new/"),
    "from Word": ("contact", "/proposals/new/word/"),
    "ask for a change": ("author", "/proposals/{numbered}/acts/ask_amend/"),
    "check answers": ("author", "/proposals/{draft}/check/"),
    "check answers, gaps": ("author", "/proposals/{empty}/check/"),
    "invite": ("author", "/proposals/{draft}/acts/invite/"),
    "speak to a topic": ("cosigner", "/consultations/topics/{asking}/opinion/"),
    "open a topic": ("staff", "/consultations/topics/new/"),
    "issue a plan, a step": ("office", "/consultations/plans/{next_plan}/acts/consult/"),
    "invite members": ("staff", "/consultations/topics/{asking}/acts/invite/"),
    "record a meeting": ("staff", "/consultations/topics/{asking}/acts/hold/"),
    "group opinions": ("staff", "/consultations/topics/{asking}/acts/group/"),
    "write an outcome": ("staff", "/consultations/outcomes/{unwritten}/write/"),
    "answer a recommendation": ("operator", "/consultations/items/{recommended}/acts/progress/"),
    "write an announcement": ("staff", "/announcements/new/"),
    "edit an announcement": ("staff", "/announcements/{unsent}/edit/"),
    "publish an announcement": ("staff", "/announcements/{unsent}/acts/publish/"),
    "withdraw an announcement": ("staff", "/announcements/{announced}/acts/withdraw/"),
    "write a report": ("author", "/opinions/new/"),
    "edit a report": ("author", "/opinions/{unreported}/edit/"),
    "submit a report": ("author", "/opinions/{unreported}/acts/submit/"),
    "answer a report": ("operator", "/opinions/transfers/{reported_part}/acts/send_back/"),
    "reply": ("operator", "/proposals/assignments/{handling}/reply/"),
    "reply, preview": ("operator", "/proposals/assignments/{handling}/reply/preview/"),
}

# The page of each act, and the name of its button; those with something to fill in are also sent empty.
ACTS = {
    "extend_cosigning": ("author", "{cosigning}", "延长联名时间"),
    "admit_late": ("staff", "{submitted}", "准予作为大会提案"),
    "submit": ("author", "{draft}", "提交"),
    "withdraw": ("author", "{draft}", "撤回"),
    "move_offline": ("staff", "{submitted}", "转线下办理"),
    "pre_review": ("reviewer", "{submitted}", "初审"),
    "review_again": ("head", "{reviewed}", "退回重审"),
    "confirm_proxy": ("author", "{by_proxy}", "确认无误"),
    "dispute_proxy": ("author", "{by_proxy}", "有出入"),
    "file": ("head", "{reviewed}", "立案"),
    "return": ("head", "{reviewed}", "退回修改"),
    "reject": ("head", "{reviewed}", "不予立案"),
    "merge": ("head", "{reviewed}", "并案"),
    "undo_decision": ("head", "{rejected}", "撤销决定"),
    "split": ("staff", "{reviewed}", "分案"),
    "take_back": ("staff", "{late}", "收回审定"),
    "answer_merge": ("author", "{merged}", "对并案表示意见"),
    "acknowledge_suggestion": ("operator", "{suggested}", "签收并告知采用情况"),
    "number": ("staff", "{filed}", "编号"),
    "assign": ("staff", "{numbered}", "交办"),
    "correct": ("head", "{numbered}", "更正"),
    "ask_withdrawal": ("author", "{numbered}", "申请撤案"),
    "record_meeting": ("staff", "{tripartite.proposal}", "登记三方会商"),
    "unpublish": ("staff", "{closed}", "撤下公开"),
    "nominate": ("staff", "{closed}", "推荐为优秀提案"),
    "archive": ("staff", "{closed}", "归档"),
    "sign_for": ("operator", "assignments/{awaiting}", "签收"),
    "request_return": ("operator", "assignments/{awaiting}", "申请退办"),
    "approve_return": ("dispatch", "assignments/{unwanted}", "同意退办并改交"),
    "refuse_return": ("dispatch", "assignments/{unwanted}", "不同意退办"),
    "log_contact": ("operator", "assignments/{handling}", "登记面商"),
    "give_opinion": ("other_operator", "assignments/{assisting}", "报会办意见"),
    "comment_on_draft": ("author", "assignments/{drafted}", "对答复稿提意见"),
    "sign_off": ("leader", "assignments/{awaiting_sign_off}", "审签"),
    "refuse_sign_off": ("leader", "assignments/{awaiting_sign_off}", "审签退回"),
    "check": ("dispatch", "assignments/{awaiting_check}", "复核通过"),
    "send": ("operator", "assignments/{checked}", "发出答复"),
    "rate": ("author", "assignments/{replied}", "评价"),
    "urge": ("staff", "assignments/{awaiting}", "催办"),
    "report_done": ("operator", "commitments/{promise}", "报办结"),
    "rate_by_proxy": ("staff", "assignments/{replied}", "代录评价"),
    "request_extension": ("operator", "assignments/{drafted}", "申请延期"),
    "set_due": ("head", "assignments/{overdue}", "重新定期限"),
    "grant": ("dispatch", "extensions/{prolonging}", "同意延期"),
    "refuse": ("dispatch", "extensions/{prolonging}", "不同意延期"),
    "note": ("operator", "assignments/{handling}", "写内部备注"),
    "upload_scan": ("operator", "assignments/{checked}", "上传盖章扫描件"),
    "write_supplement": ("operator", "assignments/{replied}", "撰写补充答复"),
    "sign_supplement": ("leader", "assignments/{supplemented}", "审签补充答复"),
    "refuse_supplement": ("leader", "assignments/{supplemented}", "退回补充答复"),
    "rate_proposal": ("operator", "assignments/{replied}", "评价提案质量"),
    "void_rating": ("head", "assignments/{tripartite}", "作废评价"),
    "publish": ("staff", "{replied.proposal}", "公开"),
    "nominate_key": ("staff", "{numbered}", "列为重点提案候选"),
    "consult_key": ("staff", "{candidate}", "登记征求意见"),
    "decide_key": ("head", "{candidate}", "确定为重点提案"),
    "decline_key": ("head", "{candidate}", "不确定为重点提案"),
    "name_leaders": ("staff", "{supervised}", "明确领办督办领导"),
    "revoke_key": ("head", "{supervised}", "撤销重点提案"),
    "summarise_key": ("staff", "{supervised}", "填写年终督办总结"),
    "supervise": ("staff", "{supervised}", "登记督办"),
    "instruct": ("other_member", "{supervised}", "批示"),
    "void_supervision": ("staff", "{supervised}", "作废督办记录"),
    "answer_demand": ("operator", "assignments/{demanded}", "反馈落实情况"),
}
SENT_EMPTY = (
    "dispute_proxy", "withdraw", "move_offline", "pre_review", "return", "reject", "merge", "split", "take_back", "answer_merge", "acknowledge_suggestion", "assign", "correct", "record_meeting", "ask_withdrawal", "nominate",
    "request_return", "approve_return", "refuse_return", "log_contact", "give_opinion",
    "comment_on_draft", "refuse_sign_off", "rate", "rate_by_proxy", "request_extension", "set_due", "refuse", "report_done",
    "note", "upload_scan", "write_supplement", "refuse_supplement", "rate_proposal", "void_rating",
    "nominate_key", "consult_key", "decide_key", "decline_key", "name_leaders", "revoke_key", "summarise_key", "supervise",
    "instruct", "void_supervision", "answer_demand",
)  # fmt: skip


class Numbers(dict):
    """`{handling.proposal}` and `{draft}` as the numbers of the cases of these stages."""

    def __init__(self, stages):
        super().__init__({name: Number(case) for name, case in vars(stages).items()})


class Number:
    def __init__(self, case):
        self.case = case

    def __format__(self, spec: str) -> str:
        return str(self.case.pk)

    @property
    def proposal(self) -> "Number":
        return Number(self.case.proposal)

    @property
    def topic(self) -> "Number":
        return Number(self.case.topic)

    @property
    def outcome(self) -> "Number":
        return Number(self.case.outcome)

    @property
    def reply(self) -> "Number":
        return Number(self.case.replies.last())


def address(path: str, stages) -> str:
    return path.format(**Numbers(stages))
