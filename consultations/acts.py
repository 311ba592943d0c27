"""What is done with the plan of a year, with a topic, and with what comes of it."""

from enum import StrEnum


class PlanAct(StrEnum):
    OPEN = "open"
    WRITE = "write"
    CALL = "call"
    CONSULT = "consult"
    RECORD_VIEW = "record_view"
    SUBMIT = "submit"
    PASS_CHAIRMEN = "pass_chairmen"
    PASS_STANDING = "pass_standing"
    ISSUE = "issue"
    SEND_BACK = "send_back"
    DROP = "drop"


class IdeaAct(StrEnum):
    SUGGEST = "suggest"
    SELECT = "select"
    RESERVE = "reserve"
    DECLINE = "decline"
    RECONSIDER = "reconsider"
    WITHDRAW = "withdraw"


class TopicAct(StrEnum):
    OPEN = "open"
    REVISE = "revise"
    DROP = "drop"
    ADJUST = "adjust"
    CANCEL = "cancel"
    START = "start"
    NAME_UNITS = "name_units"
    SET_DATE = "set_date"
    INVITE = "invite"
    SEND_NOTICE = "send_notice"
    SEND_MATERIALS = "send_materials"
    UNINVITE = "uninvite"
    ADD_SURVEY = "add_survey"
    CORRECT_SURVEY = "correct_survey"
    ADD_FILE = "add_file"
    ASK_OPINIONS = "ask_opinions"
    STOP_OPINIONS = "stop_opinions"
    GROUP = "group"
    HOLD = "hold"
    CORRECT_MEETING = "correct_meeting"
    RECORD_SPEECH = "record_speech"
    CORRECT_SPEECH = "correct_speech"
    ISSUE_MINUTES = "issue_minutes"
    DRAFT_OUTCOME = "draft_outcome"
    REPORT = "report"
    FEED_BACK = "feed_back"
    CLOSE = "close"
    REDATE = "redate"
    SUCCEED = "succeed"


class OpinionAct(StrEnum):
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    CONVERT = "convert"


class OutcomeAct(StrEnum):
    ADD_ITEM = "add_item"
    REMOVE_ITEM = "remove_item"
    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    SEND = "send"
    INSTRUCT = "instruct"
    VOID = "void"
    DROP = "drop"


class ItemAct(StrEnum):
    """On one recommendation."""

    ANSWER = "answer"
    PROGRESS = "progress"
    POSTPONE = "postpone"
    REPORT_DONE = "report_done"
    CONFIRM = "confirm"
    NOT_DONE = "not_done"
    URGE = "urge"
    ASK_AGAIN = "ask_again"
    REASSIGN = "reassign"
    CONVERT = "convert"
