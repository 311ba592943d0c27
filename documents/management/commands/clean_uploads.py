from django.core.management.base import BaseCommand

from documents import cleanup


class Command(BaseCommand):
    help = "删除上传后一直没有使用的附件，以及没有登记的文件"

    def handle(self, *args, **options):
        unused, strays = cleanup.remove_unused(), cleanup.remove_strays()
        self.stdout.write(f"已删除未使用的附件 {unused} 个，无登记的文件 {strays} 个。")
