"""manage.py session_report --session 11-4 [--format json|text] [--counting outside|inside]"""

import json

from django.core.management.base import BaseCommand, CommandError

from members.models import Session
from proposals.statistics import COUNTINGS, OUTSIDE, session_report
from reports.session_text import lines


class Command(BaseCommand):
    help = "一次会议的提案统计。outside：并案单列；inside：并案计入立案。"

    def add_arguments(self, parser):
        parser.add_argument("--session", required=True, help="届次，例如 11-4（第十一届第四次会议）")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="格式")
        parser.add_argument("--counting", choices=COUNTINGS, default=OUTSIDE, help="并案的计算口径")

    def handle(self, **options):
        session, counting = _session(options["session"]), options["counting"]
        figures = session_report(session, counting)
        if options["format"] == "json":
            self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines(session, figures, counting)))


def _session(code: str) -> Session:
    try:
        return Session.objects.by_code(code)
    except ValueError:
        raise CommandError(f"“{code}”不是届次。请写成 11-4 这样：第十一届第四次会议。") from None
    except Session.DoesNotExist:
        known = "、".join(session.code for session in Session.objects.select_related("term"))
        raise CommandError(f"没有 {code} 这次会议。已有：{known or '（还没有届次）'}。") from None
