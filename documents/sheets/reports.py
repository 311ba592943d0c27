"""What an import hands back: counted, listed, and in one shape for page, command and file."""

from dataclasses import dataclass, field

from .problems import Problem
from .tables import Table

# What an import may make along the way, as people call it.
MADE = {
    "sessions": "届次", "terms": "届", "people": "人员（原来没有登记的）", "collectives": "集体提案者", "units": "承办单位",
    "categories": "类别", "sectors": "界别", "groups": "委员组", "committees": "专委会",
}  # fmt: skip


OUTCOMES = {"added": "新增", "updated": "更新", "unchanged": "没有变化"}
LISTED = 100  # rows of each outcome in a text; the JSON has all


@dataclass(frozen=True)
class Outcome:
    """What one row does. says: sentences such as "工作单位：县一中 → 县教育局"."""

    sheet: str
    row: int
    who: str
    says: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        said = "；".join(self.says)
        return f"工作表“{self.sheet}”第 {self.row} 行 {self.who}{f'：{said}' if said else ''}"

    def as_dict(self) -> dict:
        return {"sheet": self.sheet, "row": self.row, "who": self.who, "says": list(self.says)}


@dataclass
class Report:
    """rows: data rows read. In a dry run `added` and `updated` tell what would be done.

    created: what was made along the way, one of MADE → names. changed: rows that differ from what
    is on record and were not applied. tables: what was read, for the workbook with errors. outcomes: one of
    OUTCOMES → its rows. batch: the number under which the import can be looked at and taken back.
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
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    batch: int | None = None

    def open_table(self, table: Table) -> None:
        """What is to be said of a table before its rows are read."""
        title = table.sheet.title
        sentences = [(table.header_row, sentence) for sentence in table.header_notes()] + table.notes
        self.notes += [Problem(title, number, "", "", "", sentence) for number, sentence in sentences]
        self.notes += [Problem.of_workbook(f"工作表“{title}”{sentence}") for sentence in table.sheet.notes]

    def sort(self) -> None:
        """In the order in which people walk through the workbook; what concerns all of it comes first."""
        order = {table.sheet.title: place for place, table in enumerate(self.tables, start=1)}
        for problems in (self.errors, self.changed, self.notes):
            problems.sort(key=lambda problem: (order.get(problem.sheet, 0), problem.row))

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def wrong_rows(self) -> int:
        """Data rows with an error."""
        data = {(table.sheet.title, row.number) for table in self.tables for row in table.rows}
        return len(data & {(problem.sheet, problem.row) for problem in self.errors})

    @property
    def outcome_lists(self) -> list[tuple[str, list[Outcome]]]:
        """(heading, rows) of every outcome that there is."""
        return [(title, self.outcomes[kind]) for kind, title in OUTCOMES.items() if self.outcomes.get(kind)]

    @property
    def summary(self) -> str:
        """The first sentence people read."""
        if self.errors:
            rest = (
                f"在 {self.wrong_rows} 行里；其余 {self.rows - self.wrong_rows} 行没有发现错误"
                if self.wrong_rows
                else ""
            )
            where = f"（{rest}）" if rest else ""
            return f"发现 {len(self.errors)} 处错误{where}，没有写入任何内容。请按下面的说明改正后重新导入。"
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
            "outcomes": {kind: [outcome.as_dict() for outcome in rows] for kind, rows in self.outcomes.items()},
            "batch": self.batch,
        }  # fmt: skip

    def lines(self) -> list[str]:
        """The whole report as text; of rows without a problem the first."""
        found = [self.summary]
        if self.batch:
            found.append(f"这次导入记为导入批次 {self.batch}，导错了可以撤回。")
        verb = "将新建" if self.dry_run or self.errors else "新建"
        for kind, names in self.created.items():
            if names:
                found.append(f"{verb}{MADE[kind]} {len(names)} 个：{'、'.join(names)}")
        for heading, problems in (("错误", self.errors), ("没有改动的行", self.changed), ("提示", self.notes)):
            if problems:
                found += ["", f"{heading}（{len(problems)}）："]
                found += [f"  {problem.sentence}" for problem in problems]
        for heading, outcomes in self.outcome_lists:
            found += ["", f"{heading}（{len(outcomes)} 行）："]
            found += [f"  {outcome.sentence}" for outcome in outcomes[:LISTED]]
            if len(outcomes) > LISTED:
                found.append(f"  这里只列前 {LISTED} 行，共 {len(outcomes)} 行；加 --format json 可看全部。")
        return found
