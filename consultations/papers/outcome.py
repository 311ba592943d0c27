"""协商成果 as a paper: its text, and the recommendations with the units they are for."""

from consultations.models import Outcome
from documents.papers import letter as layout
from documents.papers import page
from members.chinese_numbers import chinese_number

SENDER = "政协西平县委员会"


def write(outcome: Outcome) -> bytes:
    paper = layout.new_letter(SENDER, outcome.document_number or "〔　　〕　号", outcome.get_kind_display())
    page.title(paper, outcome.title)
    if outcome.sent_to:
        layout.addressee(paper, outcome.sent_to)
    for line in outcome.text.split("\n"):
        if line.strip():
            layout.paragraph(paper, line.strip())
    items = list(outcome.items.select_related("unit").order_by("position"))
    if items:
        layout.heading(paper, "协商建议")
    for n, item in enumerate(items, start=1):
        layout.paragraph(paper, f"（{chinese_number(n)}）{item.text.rstrip('。')}。（承办单位：{item.unit}）")
    layout.signature(paper, SENDER, outcome.sent_on)
    if outcome.copied_to:
        layout.copies(paper, outcome.copied_to)
    return page.content(paper)
