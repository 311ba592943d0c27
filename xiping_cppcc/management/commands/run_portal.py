"""`make run`: the portal, its worker and its servers in one terminal."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from xiping_cppcc.embedded.refusal import CannotStart
from xiping_cppcc.running import portal


class Command(BaseCommand):
    help = "启动门户：数据库、Redis、网页、后台任务；按 Ctrl-C 全部停止。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *args, port, **options):
        try:
            portal.run(port, self._say)
        except CannotStart as refusal:
            raise CommandError(str(refusal)) from refusal

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
