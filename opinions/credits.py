"""Who is credited with a report: its author or body, those who share it, and the authors of what was united with it."""

from .models import OpinionReport


def authors_of(report: OpinionReport) -> list[str]:
    """Names, the first author first, nobody twice."""
    named = [report.reporter_name, *(person.name for person in report.co_authors.order_by("pinyin", "pk"))]
    for other in report.combined.select_related("author", "organization").order_by("submitted_at", "pk"):
        named += authors_of(other)
    return list(dict.fromkeys(named))


def attribution(report: OpinionReport) -> str:
    """据张三、李四委员反映 as the printed issue has it; a body's report names the body."""
    return f"据{'、'.join(_titled(report))}反映"


def _titled(report: OpinionReport) -> list[str]:
    found = []
    for one in [report, *report.combined.select_related("author", "organization").order_by("submitted_at", "pk")]:
        people = [] if one.organization_id else [one.author.name]
        people += [person.name for person in one.co_authors.order_by("pinyin", "pk")]
        found += [str(one.organization)] if one.organization_id else []
        found += [f"{'、'.join(people)}{TITLES.get(one.reporter, '')}"] if people else []
    return list(dict.fromkeys(found))


TITLES = {"member": "委员", "informant": "特邀信息员"}
