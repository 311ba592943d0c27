"""The sentences that each audience is told of an act; telling.py fills in the facts."""

import re

from .acts import AssignmentAct as A
from .acts import ChangeRequestAct as R
from .acts import CommitmentAct as M
from .acts import CosignatureAct as C
from .acts import ExtensionAct as E
from .acts import LeadAct as L
from .acts import ProposalAct as P
from .states import AssignmentState, ProposalState

# act, or (act, state it led to): {audience: sentence}. The words in braces are FACTS. No title and no text of a case.
PROPOSAL = {
    P.HAND_OVER: {"first_proposer": "{actor}代您起草的提案写好了，请核对后提交。"},
    P.INVITE: {"invitees": "{proposer}邀请您联名，请于{closes}前答复。"},
    P.EXTEND_COSIGNING: {"invitees": "{proposer}把联名时间延长到{closes}，请在此之前答复。"},
    P.ASK_CONVENER: {"conveners": "{actor}请您确认{proposer}的集体提案，请核对文字后确认。"},
    P.CONFIRM_COLLECTIVE: {"first_proposer": "召集人{actor}已确认提案文字，可以提交了；文字再改动，须重新确认。"},
    P.SUPPORT: {"first_proposer": "{actor}附议了您的提案，列为联名人。"},
    P.WITHDRAW_SUPPORT: {"first_proposer": "{actor}撤回了对您提案的附议。"},
    P.ADMIT_LATE: {"proposers": "提案在截止之后提交，经提案委准予，作为大会提案审查。"},
    P.REVOKE_ADMISSION: {"proposers": "提案委撤销了逾期准予，提案仍作为平时提案审查和办理。"},
    P.SUBMIT: {
        "proposers": "提案已提交，流水号 {receipt}，由提案委审查。",
        "reviewers": "{proposer}提交了提案，请初审。",
    },
    P.CLOSE_COSIGNING: {
        "proposers": "联名时间已到，提案已自动提交，流水号 {receipt}，由提案委审查。",
        "reviewers": "{proposer}的提案联名到期，已自动提交，请初审。",
    },
    P.ENTER_BY_PROXY: {
        "proposers": "提案委收到您的提案并已代录，流水号 {receipt}。请于{proxy_by}前核对，点“确认无误”或“有出入”。",
        "reviewers": "{actor}代录了{proposer}的提案，请初审。",
    },
    P.CONFIRM_PROXY: {"staff": "{proposer}已确认代录的提案无误。"},
    P.DISPUTE_PROXY: {"staff": "{proposer}反映代录的提案有出入，请对照原件核对。"},
    P.WITHDRAW: {"proposers": "提案已撤回，不再办理。", "reviewers": "{proposer}撤回了提案，不必再审查。"},
    P.MOVE_OFFLINE: {
        "proposers": "提案改由线下渠道办理，系统里不再保留文字和附件。后续事宜请当面或打电话与提案委联系。",
        "committee": "{proposer}的提案改由线下渠道办理，系统里不再保留文字和附件。",
    },
    P.PRE_REVIEW: {"heads": "初审意见已提交，请审定。"},
    P.REVIEW_AGAIN: {"reviewers": "负责人退回重审，请重新初审。"},
    P.FILE: {"proposers": "提案已立案，接下来编号并交承办单位办理。"},
    P.RETURN: {"proposers": "提案委退回修改，请按修改意见改好后{change_by}重新提交。"},
    P.REJECT: {
        "proposers": "提案不予立案（{disposition}）。",
        "suggestion_unit": "提案委转来一件意见建议，请研究后签收并告知采用情况。",
    },
    P.TAKE_BACK: {"proposers": "修改期限已过，提案委按原文继续审定；您没有提交的修改已经存底。"},
    P.SPLIT: {"proposers": "提案涉及两件事，已分成两件办理，另一件流水号 {split_receipt}。"},
    P.UNDO_SPLIT: {"proposers": "提案委撤销了分案，流水号 {split_receipt} 的内容并回本案。"},
    P.ANSWER_MERGE: {
        "staff_if_objected": "{proposer}对并案有不同意见，请研究。",
        "heads_if_objected": "{proposer}对并案有不同意见，请研究是否撤销并案。",
    },
    P.CONVERT: {"proposers": "提案已转为{converted_as}，您仍列为反映人。"},
    P.ACKNOWLEDGE_SUGGESTION: {
        "proposers": "{suggestion_unit}已签收您的意见建议并告知采用情况，请查看。",
        "staff": "{suggestion_unit}已签收意见建议并告知采用情况。",
    },
    P.MERGE: {
        "proposers": "提案已并入{main}，随那件提案一并答复您。请提案人表示是否同意并案。",
        "main_proposers": "{number}已并入本案，由承办单位一并答复。",
    },
    P.UNDO_DECISION: {"proposers": "提案委撤销了原来的决定，提案重新审定。"},
    P.NUMBER: {"proposers": "提案已编号，接下来交承办单位办理。"},
    P.ASSIGN: {
        "proposers": "已交{units}办理，应于{reply_by}前答复您。",
        "units": "已交你单位办理，请于{sign_by}前签收。",
    },
    P.TO_TRIPARTITE: {
        "proposers": "提案办理两轮后仍不满意，由提案委组织三方会商。",
        "staff": "提案人两轮评为“不满意”，请组织三方会商并登记结果。",
    },
    (P.RECORD_MEETING, ProposalState.CLOSED): {
        "proposers": "三方会商达成一致，提案办结。",
        "units": "三方会商达成一致，提案办结。",
    },
    (P.RECORD_MEETING, ProposalState.REPLIED): {
        "proposers": "三方会商结果已登记，其余答复请您评价。",
        "units": "三方会商结果已登记，其余答复等待提案人评价。",
    },
    (P.RECORD_MEETING, ProposalState.HANDLING): {
        "proposers": "三方会商商定由承办单位再次办理，应于{reply_by}前答复您。",
        "units": "三方会商结果已登记，提案继续办理。",
    },
    P.CLOSE: {"proposers": "提案已办结。"},
    P.CLOSE_UNRATED: {
        "proposers": "评价期限已过，提案按“逾期未评”办结；您仍可补作评价。",
        "staff": "提案人逾期未评价，提案已办结。",
    },
    P.PUBLISH: {"proposers": "提案和答复已在网站公开。"},
    P.UNPUBLISH: {"proposers": "提案和答复已从网站撤下。"},
    P.ASK_AMEND: {
        "heads": "{proposer}申请修改提案文字，请对照改动后决定。",
        "cosigners": "第一提案人申请修改提案文字，您可以表示同意或不同意，由提案委决定。",
    },
    P.ASK_WITHDRAWAL: {
        "heads": "{proposer}申请撤案，请决定。",
        "cosigners": "第一提案人申请撤案，您可以表示同意或不同意，由提案委决定。",
    },
    P.AMEND: {"units": "提案人经提案委同意修改了提案文字，请查看改动，按新的文字办理。"},
    P.SUCCEED: {
        "proposers": "{ended}，原来由它办理或负责的事项由{heir}接续，期限不变。",
        "units_after": "{ended}，原来由它办理或负责的事项由{heir}接续，期限不变，请查看。",
    },
    P.CORRECT: {"proposers": "{corrected}"},
    P.NOMINATE_KEY: {"heads": "{actor}把这件提案列为{key_year}年重点提案候选，请组织征求意见，报主席会议研究。"},
    P.DECIDE_KEY: {
        "proposers": "提案已由主席会议确定为{key_year}年重点提案。",
        "units": "本案已由主席会议确定为{key_year}年重点提案，请重点办理。",
        "staff": "主席会议已确定这件提案为{key_year}年重点提案，请明确领办领导、督办领导和督办计划。",
    },
    P.DECLINE_KEY: {"staff": "主席会议没有确定这件提案为重点提案，仍按一般提案办理。"},
    P.NAME_LEADERS: {
        "leading": "这件重点提案由{key_leader}领办、{key_supervisor}督办，请在“领办督办”页面查看进展。",
        "units": "这件重点提案由{key_leader}领办、{key_supervisor}督办，请主动汇报进展。",
        "proposers": "您的重点提案由{key_leader}领办、{key_supervisor}督办。",
    },
    P.REVOKE_KEY: {
        "leading": "这件提案不再作为重点提案，您不必再领办或督办。",
        "proposers": "这件提案不再作为重点提案，仍照常办理和答复。",
        "units": "这件提案不再作为重点提案，请照常办理和答复。",
    },
    P.SUPERVISE: {
        "asked_units": "{actor}登记了一次督办，请按要求落实，并在期限内反馈落实情况。",
        "leading": "这件重点提案登记了一次督办，请查看。",
        "proposers": "提案有一次督办，请查看督办情况。",
    },
    P.INSTRUCT: {
        "asked_units": "领导对这件提案作了批示，请查看，按批示落实并反馈落实情况。",
        "committee": "领导对这件提案作了批示，请查看并跟踪落实。",
        "told_proposers": "领导对您的提案作了批示，请查看。",
    },
    P.VOID_SUPERVISION: {
        "asked_units": "一条督办记录或批示已作废，其中的要求不必再反馈。",
        "leading": "一条督办记录或批示已作废。",
    },
    P.AWARD: {"proposers": "提案被评为优秀提案，向您表示祝贺。"},
    P.REVOKE_AWARD: {"proposers": "提案委撤销了本案的优秀提案称号，请查看说明。"},
}

ASSIGNMENT = {
    A.REQUEST_RETURN: {
        "dispatch": "{unit}申请退办，请于{decide_by}前决定是否同意。",
        "heads_if_elsewhere": "{unit}申请退办，建议改由{suggested}；不属同一交办机构，请于{decide_by}前决定是否同意并改交。",
        "proposers": "{unit}申请退办，由交办机构决定，结果会再告知您。",
    },
    A.APPROVE_RETURN: {
        "units": "退办已同意，本案已改交{new_unit}，你单位不再承办，也不能再查看。",
        "new_unit": "本案由{unit}改交你单位办理，请于{new_sign_by}前签收。",
        "proposers": "承办单位由{unit}改为{new_unit}，应于{new_reply_by}前{does}。",
    },
    (A.REFUSE_RETURN, AssignmentState.AWAITING_SIGN): {
        "units": "退办没有同意，请于{sign_by}前签收。",
        "proposers": "{unit}的退办申请没有同意，仍由{unit}办理，应于{reply_by}前{does}。",
    },
    (A.REFUSE_RETURN, AssignmentState.HANDLING): {
        "units": "退办没有同意，请继续办理，于{reply_by}前{does}。",
        "proposers": "{unit}的退办申请没有同意，仍由{unit}办理，应于{reply_by}前{does}。",
    },
    A.REASSIGN: {
        "units": "本案已改交{new_unit}，你单位不再承办，也不能再查看。",
        "new_unit": "本案由{unit}改交你单位办理，请于{new_sign_by}前签收。",
        "proposers": "承办单位由{unit}改为{new_unit}，应于{new_reply_by}前{does}。",
    },
    A.ADD_ASSISTANTS: {
        "new_units": "请你单位会办本案（{unit}主办），请于{added_sign_by}前签收，{added_by}前报会办意见。",
        "units": "本案增加会办单位{added}，由你单位主办；会办意见应于{added_by}前报来，你单位的答复期限不变，来不及的可以申请延期。",
        "proposers": "提案增加会办单位{added}，仍由{unit}答复您。",
    },
    A.GIVE_OPINION: {"unit_leaders": "会办意见已拟好，请审签（{reply_by}前报出）。"},
    A.SEND_DRAFT: {"first_proposer": "{unit}送来答复稿，请于{comment_by}前提出意见。"},
    A.COMMENT_ON_DRAFT: {"units": "提案人已对答复稿提出意见，请据此修改后报审签。"},
    A.SUBMIT_REPLY: {"unit_leaders": "答复稿已拟好，请审签（{reply_by}前答复）。"},
    (A.SIGN_OFF, AssignmentState.AWAITING_CHECK): {"after_sign_off": "{unit}的答复已审签，请复核。"},
    (A.SIGN_OFF, AssignmentState.OPINION_GIVEN): {"after_sign_off": "{unit}送来会办意见，请在撰写答复时采用。"},
    A.REFUSE_SIGN_OFF: {"operators": "领导审签退回，请修改后重新报审签。"},
    A.CHECK: {"operators": "答复已复核通过，请于{reply_by}前发出。"},
    A.CHECK_BACK: {"operators": "交办机构复核退回，请修改后重新报审签。"},
    A.SEND: {
        "proposers": "{unit}已答复，请于{rate_by}前评价{apart}。",
        "merged_proposers": "您的提案已并入本案，{unit}已一并答复，请查看。",
        "staff": "{unit}已答复，提案人应于{rate_by}前评价。",
    },
    (A.RATE, AssignmentState.REPLIED): {
        "units": "提案人已评价你单位的答复{unit_reads}。",
        "staff": "提案人已评价{unit}的答复。",
    },
    (A.RATE, AssignmentState.HANDLING): {
        "units": "提案人评为“不满意”，请重新办理，于{reply_by}前再次答复。",
        "staff": "提案人评为“不满意”，由{unit}重新办理，应于{reply_by}前再次答复。",
    },
    (A.RATE_BY_PROXY, AssignmentState.REPLIED): {
        "units": "提案委已代录对你单位答复的评价{unit_reads}。",
        "proposers": "提案委已按纸质表代录对{unit}答复的评价。",
    },
    (A.RATE_BY_PROXY, AssignmentState.HANDLING): {
        "units": "提案委代录的评价为“不满意”，请重新办理，于{reply_by}前再次答复。",
        "proposers": "提案委已按纸质表代录“不满意”的评价，由{unit}重新办理，应于{reply_by}前再次答复您。",
    },
    A.RATE_PROPOSAL: {
        "proposers": "{unit}已评价您的提案{proposer_reads}。",
        "staff": "{unit}已评价提案质量。",
    },
    A.VOID_RATING: {
        "proposers": "提案委作废了一条对{unit}答复的评价，请把签名的征询意见表交提案委，由提案委重新录入。",
        "staff": "对{unit}答复的一条评价已作废，请按签名的纸质表代录。",
    },
    A.CORRECT_REPLY: {
        "proposers": "提案委更正了{unit}答复的登记内容，请查看办理记录。",
        "units": "提案委更正了你单位答复的登记内容，请查看办理记录。",
        "staff": "{unit}答复的登记内容已更正，请查看办理记录。",
    },
    A.VOID_CONTACT: {"units": "提案委作废了你单位的一条面商记录，请核对后登记正确的情况。"},
    A.TEXT_CHANGED: {"operators": "提案文字已经修改，答复稿退回，请核对后重新报审签（{reply_by}前答复）。"},
    A.MISS_OPINION: {
        "units": "会办意见没有在期限内报出，主办单位已经答复提案人，不用再报；本件计为逾期。",
        "dispatch": "{unit}没有在期限内报会办意见，主办单位已经答复提案人，本件计为逾期。",
    },
    A.RECALL: {"units": "{recalled}，你单位不再承办，也不能再查看。"},
    A.WRITE_SUPPLEMENT: {"unit_leaders": "补充答复已拟好，请审签。"},
    A.SIGN_SUPPLEMENT: {
        "proposers": "{sender}发来补充答复，请查看；原来的答复和您的评价不变。",
        "merged_proposers": "您的提案已并入本案，{sender}发来补充答复，请查看。",
        "dispatch": "{sender}向提案人发出补充答复。",
        "staff": "{sender}向提案人发出补充答复。",
    },
    A.REFUSE_SUPPLEMENT: {"operators": "领导退回补充答复，请修改后重新报审签。"},
    A.ANOTHER_ROUND: {"units": "三方会商商定再次办理，请于{reply_by}前再次答复。"},
    A.REQUEST_EXTENSION: {"dispatch": "{unit}申请延期到{wanted_by}，请决定是否同意。"},
    A.EXTEND: {"proposers": "{unit}经批准延期，应于{reply_by}前答复您。"},
    A.SET_DUE: {
        "units": "首次交办已满六个月，提案委把答复期限定为{reply_by}，请按期答复。",
        "dispatch": "首次交办已满六个月，提案委把{unit}的答复期限定为{reply_by}。",
        "proposers": "首次交办已满六个月，提案委要求{unit}于{reply_by}前答复您。",
    },
    A.URGE: {"units": "{urge_kind}：{late_words}请抓紧办理。"},
    A.PROPOSE_UPGRADE: {"first_proposer": "{unit}的答复所承诺的事项已全部办结，提请由 B 类转为 A 类，请表示是否同意。"},
    A.CONSENT_UPGRADE: {"heads": "{proposer}同意{unit}的答复由 B 类转为 A 类，请决定。"},
    A.DECLINE_UPGRADE: {
        "units": "提案人不同意由 B 类转为 A 类，请与提案人沟通，落实以后可以再提。",
        "staff": "{proposer}不同意{unit}的答复由 B 类转为 A 类。",
    },
    A.GRANT_UPGRADE: {
        "units": "提案委已核准，你单位的答复由 B 类转为 A 类。",
        "first_proposer": "提案委已核准，{unit}的答复由 B 类转为 A 类。",
    },
    A.REFUSE_UPGRADE: {
        "units": "提案委没有核准转类，你单位的答复仍为 B 类。",
        "first_proposer": "提案委没有核准转类，{unit}的答复仍为 B 类。",
    },
    A.ANSWER_DEMAND: {
        "recorder": "{unit}反馈了督办要求的落实情况，请查看。",
        "committee": "{unit}反馈了督办要求的落实情况，请查看。",
    },
}

COSIGNATURE = {
    C.AGREE: {"first_proposer": "{person}同意联名。"},
    C.DECLINE: {"first_proposer": "{person}谢绝联名。"},
    C.RECALL: {"invitee": "{proposer}撤回了联名邀请，您不必答复。"},
    C.INVITE_AGAIN: {"invitee": "{proposer}再次邀请您联名，请于{closes}前答复。"},
}

CHANGE_REQUEST = {
    R.GIVE_VIEW: {"heads": "{actor}{view}{asked}，请决定时参考。"},
    R.GRANT: {"proposers": "{granted}"},
    R.REFUSE: {"proposers": "提案委没有同意{asked}的申请，提案照原样办理。"},
    R.TAKE_BACK: {
        "heads": "{proposer}撤回了{asked}的申请，不必再决定。",
        "cosigners": "第一提案人撤回了{asked}的申请，提案照原样办理。",
    },
    R.LAPSE: {"proposers": "提案已进入其他环节，{asked}的申请自动失效。"},
}

EXTENSION = {
    E.GRANT: {"units": "延期已同意，请于{reply_by}前答复。"},
    E.REFUSE: {"units": "延期没有同意，仍应于{reply_by}前答复。"},
    E.LAPSE: {"dispatch": "{unit}的延期申请已自动失效，不必再决定。"},
}

LEAD = {
    L.OFFER: {"contributor": "您提供的线索已推荐给政协委员参考。"},
    L.DECLINE: {"contributor": "您提供的线索没有采用（{decline_reason}）。"},
    L.REDIRECT: {"contributor": "您提供的线索已转{channel}办理。"},
}

COMMITMENT = {
    M.BEGIN: {
        "promise_owner": "{answering_unit}在答复中承诺一件事由你单位落实，期限为{promise_by}，请按期落实并报告进展。"
    },
    M.POSTPONE: {
        "proposers": "{promise_unit}把一项承诺的期限延到{promise_by}。",
        "promise_dispatch": "{promise_unit}把一项承诺的期限延到{promise_by}，请留意。",
        "staff": "{promise_unit}把一项承诺的期限延到{promise_by}，请留意。",
    },
    M.REPORT_DONE: {
        "promise_dispatch": "{promise_unit}报告一项承诺已经办结，请核实后确认或退回。",
        "staff": "{promise_unit}报告一项承诺已经办结，请核实后确认或退回。",
    },
    M.CONFIRM_DONE: {
        "promise_units": "承诺事项已确认办结。",
        "proposers": "{promise_unit}答复中的一项承诺已办结，请查看。",
    },
    M.NOT_DONE: {"promise_units": "承诺事项退回继续落实，请办好后重新报办结（{promise_by}前）。"},
    M.URGE: {"promise_units": "请抓紧落实承诺事项，期限为{promise_by}，并报告进展。"},
    M.VOID: {
        "promise_units": "提案委把一项承诺作废，不必再落实。",
        "proposers": "提案委把{promise_unit}的一项承诺作废。",
    },
}

WORDS = {
    "commitment": COMMITMENT,
    "proposal": PROPOSAL,
    "assignment": ASSIGNMENT,
    "cosignature": COSIGNATURE,
    "change_request": CHANGE_REQUEST,
    "lead": LEAD,
    "extension": EXTENSION,
}

# 请 with something to do. To look at it or to go on as before is none, nor is 申请, 提请 or 邀请.
_ASKS = re.compile(r"(?<![申提邀])请(?!查看|照常|重点|主动|留意|在“)")


def asks_for_something(sentence: str) -> bool:
    """Whether the sentence wants the reader to do something, or only tells what happened."""
    return bool(_ASKS.search(sentence))
