"""What was sent to a person by which channel, when, and what became of it: for the person."""

from .models import Delivery

State = Delivery.State
TONES = {State.SENT: "success", State.DEAD: "danger", State.FAILED: "warning"}
OUTCOMES = {
    State.PENDING: "等待发送", State.SENDING: "正在发送", State.SENT: "已发送",
    State.FAILED: "没有发成，稍后自动再试", State.DEAD: "没有发成",
}  # fmt: skip
NEXT_STEP = "请核对登记的邮箱或手机号码；没有错，请联系系统管理员。"


def deliveries_of(user):
    """Newest first, with what they carried."""
    return Delivery.objects.of(user).select_related("message", "digest", "recipient__person")


def with_words(deliveries) -> list[Delivery]:
    """Each with the `outcome` in plain words, its `tone`, and the `next_step` where nothing more will be tried."""
    deliveries = list(deliveries)
    for delivery in deliveries:
        delivery.outcome, delivery.tone = OUTCOMES[delivery.state], TONES.get(delivery.state, "neutral")
        delivery.next_step = NEXT_STEP if delivery.state == State.DEAD else ""
    return deliveries
