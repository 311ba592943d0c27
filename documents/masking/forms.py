"""What a person chooses about a masked text: the same two boxes wherever something is made public."""

from django import forms

from .finding import Find, What, stands_in

KEEPABLE = 60


class MaskingFields(forms.Form):
    """For a form of an act that publishes: `offer` fills the boxes, `check_words` refuses what is not there."""

    keep = forms.MultipleChoiceField(
        label="不必遮去的字样", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="下列住址、姓名公开时一律写成“×××”；确实可以公开的请勾选。电话、证件号码、邮箱一律遮去。",
    )  # fmt: skip
    also = forms.CharField(
        label="另外要遮去的字样", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行写一处，照原文写。可不填。",
    )  # fmt: skip

    def offer(self, finds: list[Find]) -> None:
        """The finds that may be kept; without any there is no box."""
        self.fields["keep"].choices = [(find.text, f"{find.text}（{find.what.label}）") for find in finds]
        if not finds:
            self.fields.pop("keep")

    def check_words(self, data: dict, draft) -> None:
        """What is to be left out must be there, or it would be published under another spelling."""
        for line in lines(data.get("also")):
            if len(line) < 2 or not any(stands_in(line, part.original) for part in draft.parts()):
                self.add_error("also", f"没有找到“{line}”，请照原文写，至少两个字。")


def lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def masked_words(draft) -> str:
    """How much was masked, not what: "姓名 2 处，电话 1 处"; "" when nothing was."""
    return "，".join(f"{What(what).label} {count} 处" for what, count in draft.counts.items())
