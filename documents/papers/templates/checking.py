"""Is an uploaded file a template that can be filled with the fields of its kind, and do nothing else?

What stands in {{ }} and {% %} is read as a tree and held against a list of what is allowed: names of fields, rows of
a list, and whether a field is empty. Nothing is called, counted or looked up, so a template can neither run anything
nor loop without end. Every problem is told with its place and its remedy.
"""

import io
import re
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from docx import Document
from jinja2 import TemplateSyntaxError, nodes

from documents import inspection, refusals
from documents.kinds import KINDS

from . import filling, places
from .kinds import Kind

ENDING = ".docx"
LARGEST = 2 * 1024 * 1024
LARGEST_PART = 512 * 1024  # unpacked; the paper of the house has 50 KB
MOST_TAGS = 400
WHOLE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}")
OPEN = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
MOST_TOLD = 12
SHOWN = 40
COUNTS = ("index", "first", "last", "length")  # of the row a loop is at
SPECIAL = re.compile(r"\{\{\s*-?(?:r|p|tr|tc)\s|\{%\s*-?(?:colspan|cellbg|vm|hm)\b|\{%\s*-?(?:r|tc)\s")
WIDE = re.compile("｛{2}|｛\\s*%|%\\s*｝|｝{2}")
ASK = "请从本页下载模板，照里面的写法修改。"


def check(kind: Kind, name: str, content: bytes) -> None:
    """ValidationError with a sentence for each problem."""
    _check_file(name, content)
    problems = _unclosed(content) or _problems(kind, content)
    if not problems:
        problems = _trial(kind, content)
    if problems:
        more = [f"另有 {len(problems) - MOST_TOLD} 处类似问题，请一并检查。"] if len(problems) > MOST_TOLD else []
        raise ValidationError([*problems[:MOST_TOLD], *more])


def _check_file(name: str, content: bytes) -> None:
    if not name.lower().endswith(ENDING) and not name.lower().endswith((".docm", ".dotm")):
        raise refusals.refused(name, "不是 .docx 文件", "请用 WPS 或 Word 打开，另存为“.docx”后再上传。", "kind")
    if not content:
        raise refusals.empty(name)
    if len(content) > LARGEST:
        raise refusals.refused(name, "超过 2 MB", "模板里只需要文字和版式，请删去大图后再上传。", "size")
    inspection.inspect(io.BytesIO(content), name, len(content), {ENDING: KINDS[ENDING]})
    try:
        Document(io.BytesIO(content))
        large = max(places.sizes(content)) > LARGEST_PART
        fetched = places.outside(content)
    except Exception as error:  # a package may be wrong in more ways than python-docx names
        raise refusals.broken(name) from error
    if large:
        raise refusals.refused(name, "内容过长，不像是模板", "请只保留版式和字段，删去其他内容后再上传。", "size")
    if fetched:
        raise refusals.refused(
            name, f"里面有链接到外部或嵌入的内容（{fetched[0][:60]}）", "请删去外部图片、嵌入对象和自动取数的域后再上传。", "outside",
        )  # fmt: skip


def _unclosed(content: bytes) -> list[str]:
    """Marks that are not whole within their paragraph, or too many: before anything else looks at them."""
    found, tags = [], 0
    for place, words in places.paragraphs(content):
        if wide := WIDE.search(words):
            found.append(f"{place}里的“{wide[0]}”用了全角括号。请改为半角的 {{{{ }}}} 或 {{% %}}。")
        if special := SPECIAL.search(words):
            found.append(f"{place}里的“{special[0].strip()}”这种写法不能用。请只写 {{{{ 字段名 }}}}；" + ASK)
        tags += len(WHOLE.findall(words))
        if OPEN.search(WHOLE.sub("", words)):
            shown = f"{words[:SHOWN]}…" if len(words) > SHOWN else words
            found.append(
                f"{place}“{shown}”处的字段没有写完整，或者里面有不能用的符号。请在同一段里补全成 {{{{ 字段名 }}}}；"
                + ASK
            )
    if tags > MOST_TAGS:
        found.append(f"里面有 {tags} 处字段，太多了。请删去重复的，最多 {MOST_TAGS} 处。")
    return list(dict.fromkeys(found))


def _problems(kind: Kind, content: bytes) -> list[str]:
    found, used = [], set()
    if any("{{" in words or "{%" in words for words in places.properties(content)):
        found.append("文件属性（标题、作者、备注等）里有字段，不能填写。请在“文件—属性”里删去。")
    for place, source in places.sources(content):
        reading = Reading(kind, place, source)
        found += reading.problems()
        used |= reading.used
    missing = [f for f in kind.fields if f.required and f.name not in used]
    found += [
        f"缺少必需的字段“{field.name}”（{field.meaning}）。请在相应位置写上 {{{{ {field.name} }}}}。"
        if field.name in kind.texts else
        f"缺少必需的清单“{field.name}”（{field.meaning}）。{ASK}"
        for field in missing
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def _trial(kind: Kind, content: bytes) -> list[str]:
    """Filled with the example, and with nothing: both must be a paper that opens."""
    for values in (kind.example(), kind.empty()):
        try:
            Document(io.BytesIO(filling.filled(content, values)))
        except Exception:  # whatever a damaged structure makes docxtpl or lxml raise
            return [
                "用示例内容试填时失败，可能有循环（for … endfor）或条件（if … endif）跨了表格的单元格，或者只写了一半。"
                + ASK
            ]
    return []


class Reading:
    """One part of the file, held against the fields of the kind."""

    def __init__(self, kind: Kind, place: str, source: str):
        self.kind, self.place, self.source = kind, place, source
        self.used: set[str] = set()

    def problems(self) -> list[str]:
        try:
            tree = filling.environment().parse(self.source)
        except (TemplateSyntaxError, RecursionError) as error:
            return [self._syntax(getattr(error, "lineno", 0) or 0)]
        return list(self._all(tree.body, {}))

    def _syntax(self, line: int) -> str:
        where = places.line_of(self.source, line)
        near = f"“{where}”附近" if where else "里"
        return (
            f"{self.place}{near}的字段没有写完整，或者括号、for/endfor、if/endif 不成对。请补全，或"
            + ASK.removeprefix("请")
        )

    def _all(self, body: list, rows: dict):
        for node in body:
            yield from self._one(node, rows)

    def _one(self, node, rows: dict):
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    yield from self._value(part, rows)
        elif isinstance(node, nodes.For):
            yield from self._loop(node, rows)
        elif isinstance(node, nodes.If):
            yield from self._condition(node.test, rows)
            yield from self._all([*node.body, *node.elif_, *node.else_], rows)
        else:
            yield self._strange(node)

    def _loop(self, node: nodes.For, rows: dict):
        plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
        if rows or not plain or node.test or node.else_ or node.recursive:
            yield self._strange(node)
            return
        listed = self.kind.lists.get(node.iter.name)
        if listed is None:
            yield self._unknown(node.iter.name, self.kind.lists, node, "清单")
            return
        if node.target.name in self.kind.texts or node.target.name == "loop":
            yield f"{self._where(node)}循环里的名称“{node.target.name}”和字段同名。请改用“{listed.row}”。"
            return
        self.used.add(listed.name)
        yield from self._all(node.body, {node.target.name: {field.name for field in listed.fields}})

    def _condition(self, test, rows: dict):
        if isinstance(test, nodes.Not):
            yield from self._condition(test.node, rows)
        elif isinstance(test, nodes.And | nodes.Or):
            yield from self._condition(test.left, rows)
            yield from self._condition(test.right, rows)
        elif isinstance(test, nodes.Name) and test.name in self.kind.lists:
            return
        else:
            yield from self._value(test, rows, prints=False)

    def _value(self, node, rows: dict, prints: bool = True):
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            yield from self._of_row(node, rows)
        elif isinstance(node, nodes.Name):
            if node.name in self.kind.texts:
                self.used.update([node.name] if prints else [])
            elif node.name in self.kind.lists:
                yield f"{self._where(node)}“{node.name}”是清单，不能直接填写，要用循环逐行填写。{ASK}"
            else:
                yield self._unknown(node.name, self.kind.texts, node)
        else:
            yield self._strange(node)

    def _of_row(self, node: nodes.Getattr, rows: dict):
        owner = node.node.name
        known = {*COUNTS} if owner == "loop" and rows else rows.get(owner)
        if known is None:
            yield f"{self._where(node)}“{owner}.{node.attr}”只能写在它的循环（for … endfor）里面。{ASK}"
        elif node.attr not in known:
            yield self._unknown(f"{owner}.{node.attr}", [f"{owner}.{name}" for name in known], node)

    def _unknown(self, name: str, known, node, what: str = "字段") -> str:
        close = get_close_matches(name, list(known), 1, 0.3)
        remedy = f"是不是想写“{close[0]}”？" if close else ""
        return f"{self._where(node)}没有“{name[:SHOWN]}”这个{what}。{remedy}请照本页的字段表改正，或删去。"

    def _strange(self, node) -> str:
        return f"{self._where(node)}有不能用的写法。模板里只能写字段名、清单的循环和“是否为空”的条件，不能写计算、函数或程序。请改正或删去。"

    def _where(self, node) -> str:
        words = places.line_of(self.source, node.lineno)
        return f"{self.place}“{words}”处：" if words else f"{self.place}："
