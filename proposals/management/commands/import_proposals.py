"""manage.py import_proposals 台账.xlsx --session 11-4 [--dry-run] [--format json|text] [--errors 错误.xlsx]"""

from documents.sheets.command import ImportCommand
from proposals.ledger import imports


class Command(ImportCommand):
    help = "导入旧提案台账（.xlsx、.csv、.tsv）。有任何一处错误就什么也不写入；同一份台账导入两次不会重复。"
    imports = imports

    def add_target(self, parser) -> None:
        parser.add_argument("--session", required=True, help="届次，例如 11-4（第十一届第四次会议）")

    def target_of(self, options: dict) -> str:
        return options["session"]
