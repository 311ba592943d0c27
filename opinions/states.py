"""The states of a report and of a unit's part in it, and their named groups."""

from enum import nonmember

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待编辑"
    EDITING = "editing", "编辑中"
    REVIEWING = "reviewing", "待审核"
    REVIEWED = "reviewed", "待签发"
    SIGNED = "signed", "已签发，待编发"
    ISSUED = "issued", "已编发"
    COMBINED = "combined", "已并入综合稿"
    KEPT = "kept", "留存"
    TRANSFERRED = "transferred", "已转办"
    RETURNED = "returned", "退回修改"
    WITHDRAWN = "withdrawn", "已撤回"
    OFFLINE = "offline", "已转线下"

    EDITABLE = nonmember(("draft", "returned"))
    PRIVATE = nonmember(("draft", "withdrawn"))
    # From the submission until it is issued: what the target date runs for.
    UNDER_WAY = nonmember(("submitted", "editing", "reviewing", "reviewed", "signed"))
    DECIDED = nonmember(("issued", "kept", "transferred"))
    FINISHED = nonmember(("issued", "kept", "transferred", "withdrawn", "offline"))
    # What may be heard of it from above: also of one that the county did not print.
    WITH_OUTCOMES = nonmember(("signed", "issued", "kept", "transferred"))
    # What a new text is compared with.
    COMPARED = nonmember(
        ("submitted", "editing", "reviewing", "reviewed", "signed", "issued", "combined", "kept", "transferred")
    )
    # Its edited text stands, and its author may read it.
    SETTLED = nonmember(("signed", "issued"))
    # It is called by its edited title: a unit never reads the author's own.
    TITLED = nonmember(("signed", "issued", "transferred"))
    FOR_SIGNERS = nonmember(("reviewed", "signed", "issued", "transferred"))


TONES = {
    State.DRAFT: "neutral", State.SUBMITTED: "waiting", State.EDITING: "info", State.REVIEWING: "waiting",
    State.REVIEWED: "waiting", State.SIGNED: "info", State.ISSUED: "success", State.COMBINED: "info",
    State.KEPT: "neutral", State.TRANSFERRED: "success", State.RETURNED: "warning", State.WITHDRAWN: "neutral",
    State.OFFLINE: "neutral",
}  # fmt: skip


class TransferState(models.TextChoices):
    AWAITING_SIGN = "awaiting_sign", "待签收"
    HANDLING = "handling", "办理中"
    SENT_BACK = "sent_back", "单位退回"
    REPLIED = "replied", "待核对"
    FED_BACK = "fed_back", "已反馈"
    RECALLED = "recalled", "已收回"

    WITH_UNIT = nonmember(("awaiting_sign", "handling"))
    OPEN = nonmember(("awaiting_sign", "handling", "sent_back", "replied"))
    FINISHED = nonmember(("fed_back", "recalled"))


TRANSFER_TONES = {
    TransferState.AWAITING_SIGN: "waiting", TransferState.HANDLING: "info", TransferState.SENT_BACK: "warning",
    TransferState.REPLIED: "waiting", TransferState.FED_BACK: "success", TransferState.RECALLED: "neutral",
}  # fmt: skip
