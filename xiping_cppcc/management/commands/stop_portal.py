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
        record.end_leftovers()
        preparation.stop_servers()
        self.stdout.write("已停止。" if supervisor else "门户没有在运行。")
