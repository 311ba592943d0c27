"""One thing that is wrong with a workbook, or worth knowing: where, what, why."""

from dataclasses import dataclass

SHOWN = 60


@dataclass(frozen=True)
class Problem:
    """row 0 and an empty sheet: the workbook as a whole."""

    sheet: str
    row: int
    column: str
    cell: str
    value: str
    reason: str

    @classmethod
    def of_workbook(cls, sentence: str) -> "Problem":
        return cls("", 0, "", "", "", sentence)

    @property
    def sentence(self) -> str:
        """工作表“台账”第 5 行“类别”（D5）填的是“…”：…"""
        if not self.row:
            return self.reason
        where = f"工作表“{self.sheet}”第 {self.row} 行"
        where += f"“{self.column}”" if self.column else ""
        where += f"（{self.cell}）" if self.cell else ""
        return f"{where}{f'填的是“{self.value}”' if self.value else ''}：{self.reason}"

    def as_dict(self) -> dict:
        return {
            "sheet": self.sheet, "row": self.row or None, "column": self.column, "cell": self.cell,
            "value": self.value, "reason": self.reason,
        }  # fmt: skip


def shortened(value: str) -> str:
    """Enough of a value to find it again."""
    value = " ".join(value.split())
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
