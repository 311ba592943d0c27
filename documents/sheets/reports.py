"""What an import hands back: counted, listed, and in one shape for page, command and file."""

from dataclasses import dataclass, field

from .tables import Table

SHOWN = 60
# What an import may make along the way, as people call it.
MADE = {
    "sessions": "届次", "terms": "届", "people": "人员（原来没有登记的）", "collectives": "集体提案者", "units": "承办单位",
    "categories": "类别", "sectors": "界别", "groups": "委员组", "committees": "专委会",
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Where, what, why. row 0 and an empty sheet: the workbook as a whole."""

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
        if self.column:
            where += f"“{self.column}”（{self.cell}）"
        return f"{where}{f'填的是“{self.value}”' if self.value else ''}：{self.reason}"

    def as_dict(self) -> dict:
        return {
            "sheet": self.sheet, "row": self.row or None, "column": self.column, "cell": self.cell,
            "value": self.value, "reason": self.reason,
        }  # fmt: skip


@dataclass
class Report:
    """rows: data rows read. In a dry run `added` and `updated` tell what would be done.

    created: what was made along the way, one of MADE → names. changed: rows that differ from what
    is on record and were not applied. tables: what was read, for the workbook with errors.
    """

    file: str
    target: str
    dry_run: bool
    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    created: dict[str, list[str]] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    changed: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list, repr=False)

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def summary(self) -> str:
        """The first sentence people read."""
        if self.errors:
            return f"发现 {len(self.errors)} 处错误，没有写入任何内容。请按下面的说明改正后重新导入。"
        would = "可以" if self.dry_run else "已"
        parts = [f"{would}新增 {self.added} 条", f"{would}更新 {self.updated} 条" if self.updated else ""]
        parts += [f"已登记过、没有变化 {self.unchanged} 条" if self.unchanged else ""]
        parts += [f"与登记不同、没有改动 {len(self.changed)} 行" if self.changed else ""]
        done = "试运行，没有写入任何内容：" if self.dry_run else ""
        return f"{done}共读 {self.rows} 行，{'，'.join(filter(None, parts))}。"

    def as_dict(self) -> dict:
        return {
            "ok": self.ok, "summary": self.summary, "file": self.file, "target": self.target,
            "dry_run": self.dry_run, "rows": self.rows, "added": self.added,
            "updated": self.updated, "unchanged": self.unchanged, "created": self.created,
            "errors": [problem.as_dict() for problem in self.errors],
            "changed": [problem.as_dict() for problem in self.changed],
            "notes": [problem.as_dict() for problem in self.notes],
        }  # fmt: skip

    def lines(self) -> list[str]:
        """The whole report as text."""
        found = [self.summary]
        verb = "将新建" if self.dry_run or self.errors else "新建"
        for kind, names in self.created.items():
            if names:
                found.append(f"{verb}{MADE[kind]} {len(names)} 个：{'、'.join(names)}")
        for heading, problems in (("错误", self.errors), ("没有改动的行", self.changed), ("提示", self.notes)):
            if problems:
                found += ["", f"{heading}（{len(problems)}）："]
                found += [f"  {problem.sentence}" for problem in problems]
        return found


def shortened(value: str) -> str:
    """Enough of a value to find it again."""
    value = " ".join(value.split())
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
