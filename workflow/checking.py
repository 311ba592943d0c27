"""A command that holds all cases of one kind against what must hold at every moment."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError


@dataclass(frozen=True)
class Finding:
    """What does not hold of the case with this number."""

    number: str
    what: str

    def __str__(self) -> str:
        return f"{self.number}：{self.what}"


class CheckCommand(BaseCommand):
    """Lists what does not hold and ends with an error, or says what was looked at."""

    def handle(self, **options):
        found = 0
        for found, finding in enumerate(self.findings(), start=1):  # noqa: B007
            self.stdout.write(str(finding))
        if found:
            raise CommandError(f"有 {found} 处不符，请对照办理记录核查。")
        self.stdout.write(f"核对完毕：{self.looked_at()}，没有不符。")

    def findings(self) -> Iterable:
        raise NotImplementedError

    def looked_at(self) -> str:
        """How many cases there are: 12 件提案."""
        raise NotImplementedError
