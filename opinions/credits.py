"""Who is credited with a report: its author or body, those who share it, and the authors of what was united with it."""

from .models import OpinionReport

TITLES = {"member": "委员", "informant": "特邀信息员"}


def followers_of(report: OpinionReport) -> list[OpinionReport]:
    """What was united with it, each with those who share it; one query where there is nothing, else two."""
    rows = report.combined.select_related("author", "organization").prefetch_related("co_authors")
    return list(rows.order_by("submitted_at", "pk"))


def authors_of(report: OpinionReport, followers: list[OpinionReport] | None = None) -> list[str]:
    """Names, the first author first, nobody twice."""
    named = []
    for one in [report, *(followers_of(report) if followers is None else followers)]:
        named += [one.reporter_name, *_shared(one)]
    return list(dict.fromkeys(named))


def attribution(report: OpinionReport, followers: list[OpinionReport] | None = None) -> str:
    """据张三、李四委员反映 as the printed issue has it; a body's report names the body."""
    found = []
    for one in [report, *(followers_of(report) if followers is None else followers)]:
        people = [*([] if one.organization_id else [one.author.name]), *_shared(one)]
        found += [str(one.organization)] if one.organization_id else []
        found += [f"{'、'.join(people)}{TITLES.get(one.reporter, '')}"] if people else []
    return f"据{'、'.join(dict.fromkeys(found))}反映"


def _shared(report: OpinionReport) -> list[str]:
    return [person.name for person in sorted(report.co_authors.all(), key=lambda one: (one.pinyin, one.pk))]
