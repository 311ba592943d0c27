"""Draws the process tables as Markdown with Mermaid, so the picture can never differ from the code."""

from .transition import Process, Transition, all_processes

HEADER = """# 办理流程

本页由 `manage.py draw_workflow` 根据各流程表生成，请勿手工修改。
"""


def draw() -> str:
    """The whole page: for each process its diagram and its table."""
    return "\n".join([HEADER, *(_section(process) for process in all_processes())])


def _section(process: Process) -> str:
    lines = [f"## {process.title}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {state.value}' for state in process.states]
    lines += sorted({line for row in process.transitions for line in _arrows(process, row)})
    lines += ["```", "", "| 操作 | 由谁 | 从 | 到 | 通知 |", "| --- | --- | --- | --- | --- |"]
    lines += [_table_row(process, row) for row in process.transitions]
    return "\n".join(lines) + "\n"


def _arrows(process: Process, row: Transition):
    if not row.sources and not callable(row.target):
        yield f"    [*] --> {row.target}: {row.label}"
    for source in row.sources:
        for target in _targets(row, source):
            if target != source:
                yield f"    {source} --> {target}: {row.label}"


def _targets(row: Transition, source: str) -> tuple[str, ...]:
    if row.target is None:
        return (source,)
    if callable(row.target):
        return tuple(row.target.targets)
    return (row.target,)


def _table_row(process: Process, row: Transition) -> str:
    label = lambda state: process.states(state).label  # noqa: E731
    sources = "、".join(label(s) for s in row.sources)
    targets = "不变" if row.target is None else "、".join(label(t) for t in _targets(row, ""))
    roles = "、".join(str(process.roles(r).label) for r in row.roles)
    return f"| {row.label} | {roles} | {sources} | {targets} | {'、'.join(row.notify)} |"


def targets(*states: str):
    """Mark a target function with the states it can give, for the drawing and the tests."""

    def mark(function):
        function.targets = states
        return function

    return mark
