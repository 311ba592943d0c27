"""What list is wanted."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from members.models import SeatKind, Term


class Order(models.TextChoices):
    STROKES = "strokes", "按姓氏笔画为序"
    PINYIN = "pinyin", "按姓名拼音为序"


class By(models.TextChoices):
    NONE = "none", "不分组"
    SECTOR = "sector", "按界别"
    GROUP = "group", "按委员组"


class Scope(models.TextChoices):
    ALL = "all", "全体委员"
    STANDING = "standing", "常务委员（含主席、副主席、秘书长）"

    @property
    def seats(self) -> tuple[str, ...]:
        return tuple(kind for kind in SeatKind.values if self == Scope.ALL or kind != SeatKind.MEMBER)


@dataclass(frozen=True)
class Wanted:
    """The members of a term in office on a day (应到 of that day), in an order, under headings or not."""

    term: Term
    day: date
    order: Order = Order.STROKES
    by: By = By.SECTOR
    scope: Scope = Scope.ALL

    @property
    def title(self) -> str:
        what = "委员名单" if self.scope == Scope.ALL else "常务委员名单"
        return f"政协西平县{self.term}委员会{what}"

    def subtitle(self, count: int) -> str:
        return f"（共 {count} 名，截至 {self.day:%Y}年{self.day.month}月{self.day.day}日，{self.order.label}）"
