"""Write docs/workflow.md from the process tables."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from workflow.drawing import draw


class Command(BaseCommand):
    help = "根据流程表生成 docs/workflow.md。"

    def handle(self, **options):
        path = Path(settings.BASE_DIR) / "docs" / "workflow.md"
        path.write_text(draw(), encoding="utf-8")
        self.stdout.write("已生成 docs/workflow.md")
