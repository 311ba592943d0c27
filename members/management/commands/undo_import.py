"""manage.py undo_import 12 --reason 选错了届 [--dry-run]"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from members.models import ImportBatch
from members.roster import undoing


class Command(BaseCommand):
    help = "撤回一次名册导入：它新增的删去，它改过的改回；有一处撤不了就什么也不动，并逐行列出原因。"

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int, help="导入批次的编号，在后台“导入批次”里，或导入的报告里")
        parser.add_argument("--reason", default="", help="为什么撤回；不是试算时必须写")
        parser.add_argument("--dry-run", action="store_true", help="试算：只列出，不撤回")

    def handle(self, batch, reason, dry_run, **options):
        found = ImportBatch.objects.filter(pk=batch).first()
        if found is None:
            raise CommandError(f"没有导入批次 {batch}。请在后台“导入批次”里核对编号。")
        try:
            done = undoing.preview(found) if dry_run else undoing.undo(found, None, reason)
        except ValidationError as refused:
            raise CommandError("".join(refused.messages)) from None
        self.stdout.write("\n".join(refusal.sentence for refusal in done.refusals))
        if done.refusals:
            raise CommandError(
                f"导入批次 {batch} 撤不了：上面 {len(done.refusals)} 处后来改过或已经在用。没有撤回任何内容。"
            )
        self.stdout.write(f"{'试算，没有撤回：将' if dry_run else '已撤回：'}{done.summary}。")
