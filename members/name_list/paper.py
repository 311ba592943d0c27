"""The list as an official paper: three names a line, two-character names spaced to three."""

from docx.document import Document as Paper
from docx.shared import Mm

from documents.papers import page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import Mark, each, given
from members.models import Gender, Member

from . import sections
from .wanted import Wanted

ACROSS = 3
WIDTH = 156  # mm of text on the page
MAJORITY = ("", "汉", "汉族")


def write(wanted: Wanted) -> bytes:
    """A .docx in the layout of GB/T 9704-2012."""
    found = sections.read(wanted)
    count = sum(len(section.seats) for section in found)
    return made(LIST, {"标题": wanted.title, "副标题": wanted.subtitle(count), "各组": [_group(one) for one in found]})


def _group(section: sections.Section) -> dict[str, str]:
    names = ["".join(words_of(seat)) for seat in section.seats]
    lines = ["\t".join(names[start : start + ACROSS]) for start in range(0, len(names), ACROSS)]
    return {"组别": f"{section.title}（{len(names)} 名）" if section.title else "", "名单": "\n".join(lines)}


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    page.title(paper, values["标题"])
    page.subtitle(paper, values["副标题"])
    page.line(paper)
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to both)
    for group in each(values["各组"], put):
        for title in given(group["组别"], put):
            page.heading(paper, title)
        _names(paper, group["名单"])
    return page.content(paper)


def _names(paper: Paper, names: str) -> None:
    if isinstance(names, Mark):
        stops = page.line(paper, names).paragraph_format.tab_stops
        for place in range(1, ACROSS):
            stops.add_tab_stop(Mm(WIDTH / ACROSS * place))
    else:
        _table(paper, names.splitlines())
    page.line(paper)


def _table(paper: Paper, lines: list[str]) -> None:
    table = paper.add_table(rows=0, cols=ACROSS)
    table.autofit = False
    page.without_padding(table)
    for line in lines:
        for cell, words in zip(table.add_row().cells, line.split("\t"), strict=False):
            cell.width = Mm(WIDTH / ACROSS)
            name, mark, rest = words.partition("（")
            page.write(cell.paragraphs[0], name)
            page.write(cell.paragraphs[0], mark + rest, page.SUBTITLE, page.SMALL_SIZE)


def words_of(seat: Member) -> tuple[str, str]:
    """(张　三, （女，回族）): sex and ethnicity as official lists note them behind the name."""
    person = seat.person
    name = f"{person.name[0]}　{person.name[1]}" if len(person.name) == 2 else person.name
    marks = ["女"] if person.gender == Gender.FEMALE else []
    marks += [person.ethnicity] if person.ethnicity not in MAJORITY else []
    return name, f"（{'，'.join(marks)}）" if marks else ""


LIST = Kind("member_list", "委员名单", (
    Field("标题", "届和名单的种类", "政协西平县第十一届委员会委员名单", required=True),
    Field("副标题", "人数、日期和排序", "（共 5 名，截至 2026年4月21日，按姓氏笔画为序）"),
    Rows("各组", "界别或委员组", "组", (
        Field("组别", "名称和人数；不分组时为空", "教育（4 名）"), Field("名单", "姓名，三人一行，用制表位隔开", "丁　一\t曾小明"),
    ), (
        ("教育（4 名）", "丁　一（女）\t马　三（回族）\t王大可\n曾小明"),
        ("农业和农村（1 名）", "李四方（女）"),
    ), required=True),
), _write)  # fmt: skip
PAPERS = (LIST,)
