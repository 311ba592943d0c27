"""公开: what may stand, what else is left out, and which replies are published as a summary."""

from django import forms

from documents.masking.forms import KEEPABLE, MaskingFields, lines, masked_words
from documents.masking.texts import Rules
from proposals.models import Reply
from proposals.publishing.drafts import draft_of, people_of, replies_to_publish, wants_summary
from workflow.forms import ActForm


class PublishForm(MaskingFields, ActForm):
    """Sent empty, everything found is masked and every reply is published in full. Gives the `draft`."""

    single_only = ("keep", "also", "summary", "scan")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = people_of(self.case)
        found = draft_of(self.case, Rules(self.names, self.case.proposer_name)).choosable()[:KEEPABLE]
        self.offer(found)
        for reply in replies_to_publish(self.case):
            self.fields[f"summary_{reply.pk}"] = _summary_field(reply)
            if reply.scan_id and not wants_summary(reply):
                self.fields[f"scan_{reply.pk}"] = _scan_field(reply)

    def clean(self):
        data = super().clean()
        for reply in replies_to_publish(self.case):
            if wants_summary(reply) and not data.get(f"summary_{reply.pk}"):
                unit = reply.assignment.unit
                self.add_error(f"summary_{reply.pk}" if f"summary_{reply.pk}" in self.fields else None,
                               f"{unit}要求只公开摘要，请打开这件提案写好摘要再公开。")  # fmt: skip
        data["draft"] = self.draft(data)
        self.check_words(data, data["draft"])
        return data

    def draft(self, data: dict | None = None):
        """The text as it would be published by what is chosen."""
        data = data or {}
        keep, words = frozenset(data.get("keep") or ()), lines(data.get("also"))
        rules = Rules(self.names, self.case.proposer_name, keep, words)
        summaries = {
            int(name.removeprefix("summary_")): text
            for name, text in data.items()
            if name.startswith("summary_") and text
        }
        scans = frozenset(
            int(name.removeprefix("scan_")) for name, yes in data.items() if name.startswith("scan_") and yes
        )
        return draft_of(self.case, rules, summaries, scans)

    def shown(self) -> list[list[str]]:
        """Everybody who sees the case reads this: how much was masked, not what."""
        draft = self.cleaned_data["draft"]
        masked = masked_words(draft)
        forms_of = {"summary": "摘要", "full": "全文"}
        replies = "，".join(f"{one.reply.assignment.unit}{forms_of[one.form]}" for one in draft.replies)
        closed = "、".join(f"{one.assignment.unit}的答复" for one in draft.left_out)
        return [pair for pair in (["答复公开方式", replies], ["不公开", closed], ["遮去", masked]) if pair[1]]


def _scan_field(reply: Reply) -> forms.BooleanField:
    return forms.BooleanField(
        label=f"一并公开{reply.assignment.unit}盖章的答复函（PDF）", required=False,
        help_text="扫描件里的内容系统遮不掉：请先打开核对，没有联系电话、姓名住址等个人信息的才勾选。写了摘要的不公开。",
    )  # fmt: skip


def _summary_field(reply: Reply) -> forms.CharField:
    must = "该单位要求只公开摘要，必须填写。" if wants_summary(reply) else "留空则公开全文。"
    return forms.CharField(
        label=f"{reply.assignment.unit}答复的摘要", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=must,
    )  # fmt: skip
