"""manage.py import_members 名册.xlsx [--term 11] [--dry-run] [--format json|text] [--errors 错误.xlsx]"""

from documents.sheets.command import ImportCommand
from members.roster import imports


class Command(ImportCommand):
    help = (
        "导入委员名册（.xlsx、.csv、.tsv）。有任何一处错误就什么也不写入；同一份名册再导入一次不会有变化。不开通账号。"
    )
    imports = imports

    def add_target(self, parser) -> None:
        parser.add_argument("--term", help="届，例如 11；不写时看名册的“届次”列")

    def target_of(self, options: dict):
        return options["term"]
