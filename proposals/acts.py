"""Every act by its name; URLs, history, tests and the API share these."""

from enum import StrEnum


class ProposalAct(StrEnum):
    CREATE = "create"
    HAND_OVER = "hand_over"
    INVITE = "invite"
    BACK_TO_DRAFT = "back_to_draft"
    SUBMIT = "submit"
    CLOSE_COSIGNING = "close_cosigning"
    WITHDRAW = "withdraw"
    PRE_REVIEW = "pre_review"
    REVIEW_AGAIN = "review_again"
    FILE = "file"
    RETURN = "return"
    REJECT = "reject"
    MERGE = "merge"
    UNDO_DECISION = "undo_decision"
    NUMBER = "number"
    ASSIGN = "assign"
    ALL_REPLIED = "all_replied"
    REOPEN = "reopen"
    TO_TRIPARTITE = "to_tripartite"
    RECORD_MEETING = "record_meeting"
    CLOSE = "close"
    CLOSE_UNRATED = "close_unrated"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    CORRECT = "correct"
    ASK_AMEND = "ask_amend"
    ASK_WITHDRAWAL = "ask_withdrawal"
    AMEND = "amend"
    WITHDRAW_FILED = "withdraw_filed"
    RECORD_FROM_LEDGER = "record_from_ledger"


class AssignmentAct(StrEnum):
    SIGN_FOR = "sign_for"
    REQUEST_RETURN = "request_return"
    APPROVE_RETURN = "approve_return"
    REFUSE_RETURN = "refuse_return"
    LOG_CONTACT = "log_contact"
    GIVE_OPINION = "give_opinion"
    SEND_DRAFT = "send_draft"
    COMMENT_ON_DRAFT = "comment_on_draft"
    SUBMIT_REPLY = "submit_reply"
    SIGN_OFF = "sign_off"
    REFUSE_SIGN_OFF = "refuse_sign_off"
    CHECK = "check"
    CHECK_BACK = "check_back"
    SEND = "send"
    RATE = "rate"
    RATE_BY_PROXY = "rate_by_proxy"
    ANOTHER_ROUND = "another_round"
    TEXT_CHANGED = "text_changed"
    RECALL = "recall"
    RECORD_FROM_LEDGER = "record_from_ledger"


class CosignatureAct(StrEnum):
    AGREE = "agree"
    DECLINE = "decline"
    RECALL = "recall"
    INVITE_AGAIN = "invite_again"
    EXPIRE = "expire"
    RECORD_FROM_LEDGER = "record_from_ledger"


class ChangeRequestAct(StrEnum):
    GIVE_VIEW = "give_view"
    GRANT = "grant"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    LAPSE = "lapse"


class LeadAct(StrEnum):
    BRING = "bring"
    OFFER = "offer"
    DECLINE = "decline"
    REDIRECT = "redirect"
    SCREEN_AGAIN = "screen_again"
    USE = "use"
