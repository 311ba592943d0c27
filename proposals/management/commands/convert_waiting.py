from django.core.management.base import BaseCommand

from proposals.dispositions import convert_waiting


class Command(BaseCommand):
    help = "把等待转办的不予立案提案交给已经接入的去向（如社情民意）。可以重复执行。"

    def handle(self, *args, **options):
        self.stdout.write(f"已转办 {convert_waiting()} 件。")
