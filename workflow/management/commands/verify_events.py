"""Check the chain of every case: changed, missing, inserted or cut-off rows."""

from itertools import groupby

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from workflow.chain import faults
from workflow.models import Event
from workflow.transition import all_processes


class Command(BaseCommand):
    help = "核对办理记录的校验链；发现改动、缺失、插入时列出并以失败结束。"

    def handle(self, **options):
        found = [*self._strays(), *(line for process in all_processes() for line in self._check(process))]
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"办理记录有 {len(found)} 处异常，请立即报告审计管理员。")
        self.stdout.write(f"办理记录完好，共 {Event.objects.count()} 条。")

    def _strays(self):
        roots = [process.name for process in all_processes() if not process.model.parent_field]
        rows = Event.objects.exclude(case_process__in=roots).order_by("case_process")
        for name, count in rows.values_list("case_process").annotate(Count("pk")):
            yield f"有 {count} 条记录不属于任何事项（{name}）"

    def _check(self, process):
        if process.model.parent_field:
            return
        remembered = {
            pk: (count, head)
            for pk, count, head in process.model._base_manager.values_list("pk", "events_count", "events_head")
        }
        events = Event.objects.filter(case_process=process.name).order_by("case_id", "sequence")
        for case_id, rows in groupby(events.iterator(chunk_size=5000), key=lambda e: e.case_id):
            count, head = remembered.pop(case_id, (0, ""))
            for fault in faults(rows, count, head):
                yield f"{process.title} {case_id}：{fault}"
        for case_id, (count, _head) in remembered.items():
            if count:
                yield f"{process.title} {case_id}：登记 {count} 条记录，实有 0 条"
