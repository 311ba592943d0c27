"""`manage.py index_similar`: what the worker does every few minutes, at once and to the end."""

from django.core.management.base import BaseCommand

from search.similar import count_words, kinds, refresh


class Command(BaseCommand):
    help = "更新“相似案件”的检索库：收录新增和改动的文字，去掉已撤回的；可以反复运行。"

    def handle(self, **options):
        for kind in kinds():
            done = refresh(kind.name)
            words = count_words(kind.name)
            self.stdout.write(f"相似检索已更新：收录 {done.written} 件，去掉 {done.removed} 件，共 {words} 个词。")
