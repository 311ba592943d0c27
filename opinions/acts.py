"""What is done with a report, and with a unit's part in it."""

from enum import StrEnum


class Act(StrEnum):
    BEGIN = "begin"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    TAKE_UP = "take_up"
    EDIT = "edit"
    JOIN = "join"
    SEPARATE = "separate"
    SEND_FOR_REVIEW = "send_for_review"
    REVIEW = "review"
    REVIEW_BACK = "review_back"
    SIGN = "sign"
    SIGN_BACK = "sign_back"
    ISSUE = "issue"
    ISSUE_WITH = "issue_with"
    KEEP = "keep"
    RETURN = "return"
    HAND_OVER = "hand_over"
    RESUME = "resume"
    FORWARD = "forward"
    ADOPT = "adopt"
    INSTRUCT = "instruct"
    VOID = "void"
    TO_PROPOSAL = "to_proposal"
    GIVE_BACK = "give_back"
    MOVE_OFFLINE = "move_offline"
    SUCCEED = "succeed"


class TransferAct(StrEnum):
    SIGN_FOR = "sign_for"
    SEND_BACK = "send_back"
    REPLY = "reply"
    CHECK = "check"
    CHECK_BACK = "check_back"
    RECALL = "recall"
    URGE = "urge"
    POSTPONE = "postpone"
