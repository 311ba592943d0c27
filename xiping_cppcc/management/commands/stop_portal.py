"""`make stop`: ends what `make run`, or a command that needed the database, has started."""

import os
import signal

from django.conf import settings
from django.core.management.base import BaseCommand

from xiping_cppcc.embedded import processes
from xiping_cppcc.running import preparation
from xiping_cppcc.running.record import Record

STOP_SECONDS = 90


class Command(BaseCommand):
    help = "停止门户和它启动的数据库、Redis。"
    requires_system_checks = []

    def handle(self, *args, **options):
        record = Record(settings.RUN_FOLDER)
        supervisor = record.supervisor()
        if supervisor:
            os.kill(supervisor, signal.SIGTERM)
            processes.wait_until_gone(supervisor, STOP_SECONDS)
        leftovers = record.end_leftovers()
        servers = preparation.stop_servers()
        self.stdout.write(self._said(bool(supervisor), leftovers or servers))

    def _said(self, ran: bool, left: bool) -> str:
        if ran:
            return "已停止。"
        return "门户没有在运行；已停止留下的数据库、Redis 等进程。" if left else "门户没有在运行。"
