"""What a report must hold before it goes on; the same in every door (domain §6: one matter, at most 1,500 characters)."""

# A title may come from a proposal and is kept whole; one written here should have some thirty characters.
TITLE_MAX, PART_MAX, TOGETHER_MAX = 100, 3000, 1500
# A text that unites several reports may be longer.
COMBINED_MAX = 3000
CITIZEN_MAX = 40


def length(*texts: str) -> int:
    """Characters without spaces and line ends, as people count them."""
    return sum(len("".join(text.split())) for text in texts)


def missing(report) -> list[tuple[str, str]]:
    """(field, what is to be done) of everything that keeps a report from being submitted."""
    gaps = [
        (name, f"请填写{label}")
        for name, label in (("title", "标题"), ("situation", "情况反映"), ("suggestions", "建议"))
        if not getattr(report, name).strip()
    ]
    written = length(report.situation, report.causes, report.suggestions)
    if written > TOGETHER_MAX:
        gaps.append(("situation", f"正文共 {written} 字，超过 {TOGETHER_MAX} 字，请删减；一条只反映一件事"))
    if report.on_behalf and not report.citizen_name.strip():
        gaps.append(("citizen_name", "代群众反映的，请写明群众姓名（只有您和信息工作人员能看到）"))
    if not report.no_secrets:
        gaps.append(("no_secrets", "请确认不含国家秘密和工作秘密"))
    return gaps
