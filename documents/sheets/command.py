"""What the import commands have in common: options, report, exit code."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from . import text


class ImportCommand(BaseCommand):
    """Subclasses give `imports` (preview, run, error_workbook) and their target. Exit code 1 on errors."""

    imports = None

    def add_arguments(self, parser):
        parser.add_argument("file", help="Excel 工作簿（.xlsx），或 UTF-8、GBK 的文本表格（.csv、.tsv）")
        self.add_target(parser)
        parser.add_argument("--dry-run", action="store_true", help="试运行：只检查，不写入")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="报告的格式")
        parser.add_argument("--errors", metavar="文件", help="把标出错误的工作簿存到这个文件，改好后可重新导入")

    def add_target(self, parser) -> None:
        raise NotImplementedError

    def target_of(self, options: dict):
        raise NotImplementedError

    def handle(self, file, **options):
        target = self.target_of(options)
        do = self.imports.preview if options["dry_run"] else self.imports.run
        report = do(file, target)
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(report.lines()))
        if report.errors:
            self._save_errors(report, options["errors"])
            raise CommandError(report.summary)

    def _save_errors(self, report, path: str | None) -> None:
        if not path:
            return
        try:
            Path(path).write_bytes(self.imports.error_workbook(report))
        except OSError as error:
            raise CommandError(
                f"{report.summary}标出错误的工作簿没有存下（{text.file_name(path)}：{error.strerror}）。"
            ) from None
