"""The steps that have a time limit, and the kinds a rule may be narrowed to.

This app sits below the apps that handle cases, so it knows the steps of a proposal by
key and words only; other apps add theirs with `register` in `AppConfig.ready()`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    key: str
    label: str
    counted_from: str  # in words, "交办之日"
    is_set: bool = False  # people set the date of each case; a rule only says who is reminded of it, and when


_steps: dict[str, Step] = {}
_kinds: dict[str, str] = {}


def register(key: str, label: str, counted_from: str, *, is_set: bool = False) -> None:
    _steps[key] = Step(key, label, counted_from, is_set)


def register_kind(key: str, label: str) -> None:
    """Let due rules be written for one kind of case ("collective", "集体提案")."""
    _kinds[key] = label


def get(key: str) -> Step | None:
    return _steps.get(key)


def label(key: str) -> str:
    return _steps[key].label if key in _steps else key


def kind_label(key: str) -> str:
    return _kinds.get(key, key) if key else "各类提案"


def step_choices() -> list[tuple[str, str]]:
    return [(step.key, step.label) for step in _steps.values()]


def kind_choices() -> list[tuple[str, str]]:
    return list(_kinds.items())


for _step in (
    ("sign", "签收", "交办之日"),
    ("return_request", "申请退办", "交办之日"),
    ("decide_return", "决定退办申请", "申请退办之日"),
    ("first_contact", "首次联系提案人", "交办之日"),
    ("opinion", "会办意见", "交办之日"),
    ("reply", "答复", "交办之日（改办的，从改办之日起重新计算）"),
    ("draft_comment", "对答复初稿提意见", "初稿送达提案人之日"),
    ("rating", "评价", "答复送达提案人之日"),
    ("rehandle", "重新办理", "评价为不满意之日"),
    ("publish", "公开", "答复之日"),
):
    register(*_step)

for _step in (
    ("cosign", "确认联名", "联名截止时间由提案人确定"),
    ("proxy_confirm", "确认代录的提案", "代录之日起 15 个工作日"),
    ("change", "修改后重新提交", "修改期限由提案委在退回时确定"),
    ("decide_extension", "决定延期申请", "应在原办理期限之前决定"),
    ("demand", "反馈督办要求", "反馈期限在登记督办或批示时确定"),
    ("commitment", "落实承诺事项", "完成期限由答复写明，可经批准延期"),
):
    register(*_step, is_set=True)
