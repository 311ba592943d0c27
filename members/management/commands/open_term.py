"""manage.py open_term 12 --starts 2027-03-01 [--leaving 11001 11002 …] [--dry-run]"""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from members.models import Term
from members.turnover import terms


class Command(BaseCommand):
    help = "换届：由上一届的在任委员设立新一届。不再担任的写委员编号，其余连任；新任委员随后用 import_members 导入。"

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="新一届，例如 12")
        parser.add_argument("--starts", required=True, type=_day, help="新一届开始日期，例如 2027-03-01")
        parser.add_argument("--leaving", nargs="*", default=[], metavar="委员编号", help="不再担任的委员")
        parser.add_argument("--document", default="", help="决定文号")
        parser.add_argument("--decided-by", default="", help="决定机关")
        parser.add_argument("--dry-run", action="store_true", help="试算：只列出，不写入")

    def handle(self, number, starts, leaving, document, decided_by, dry_run, **options):
        try:
            opening = self._prepare(number, starts, set(leaving))
            if not dry_run:
                terms.open_term(opening, document, decided_by)
        except ValidationError as error:
            raise CommandError("".join(error.messages)) from None
        self.stdout.write(f"第 {number} 届：连任 {len(opening.staying)} 人，不再担任 {len(opening.leaving)} 人。")
        self.stdout.write("不再担任：" + ("、".join(seat.person.name for seat in opening.leaving) or "无"))
        self.stdout.write(
            "这是试算，没有写入。" if dry_run else f"{opening.old}已于 {opening.last_day:%Y-%m-%d} 届满。"
        )

    def _prepare(self, number: int, starts: date, leaving: set[str]) -> terms.Opening:
        old = Term.objects.order_by("-number").first()
        if old is None:
            raise CommandError("还没有上一届。请先用 import_members 导入名册，或在后台设立“届”。")
        seats = list(terms.seats_of(old))
        unknown = leaving - {seat.number for seat in seats}
        if unknown:
            raise CommandError(f"在任委员中没有这些编号：{'、'.join(sorted(unknown))}。请核对后再试。")
        return terms.prepare(old, number, starts, {seat.pk for seat in seats if seat.number not in leaving})


def _day(text: str) -> date:
    return date.fromisoformat(text)
