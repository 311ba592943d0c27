"""The words of mails, SMS and robots: defaults here, staff's own in the table NoticeText, known fields only.

No content of a case is among the fields: what leaves the house says which act and which number.
"""

import re
from html.parser import HTMLParser

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, linebreaks

from . import kinds
from .models import Delivery, NoticeText

FIELD = re.compile(r"\{([^{}]*)\}")
MARKS = {"p", "br", "b", "em", "ul", "ol", "li"}
LONGEST_IN_SMS = 35  # what the providers take for one variable

# The fields as staff write them, and what they are called in code and in the SMS templates of 阿里云; both are taken.
NAMES = {
    "姓名": "name", "标题": "subject", "事项": "act", "编号": "number", "期限": "due", "链接": "link", "条数": "count",
    "清单": "lines",
}  # fmt: skip
ABOUT = {
    "姓名": "收件人", "标题": "消息标题，含事项和编号", "事项": "如“交办”", "编号": "案号或流水号",
    "期限": "没有期限的为空", "链接": "请登录查看的一句话和地址", "条数": "消息条数", "清单": "逐条列出的消息",
}  # fmt: skip
OF_MESSAGE = ("姓名", "标题", "事项", "编号", "期限", "链接")
FIELDS = {kinds.DIGEST: ("姓名", "条数", "清单", "链接"), kinds.TRIAL: ("姓名", "标题", "链接")}
IN_SMS = ("事项", "编号", "期限", "姓名", "标题")
LABELS = {kinds.DIGEST: "每日汇总邮件", kinds.TRIAL: "测试消息"}
KEYS = (*kinds.BY_KEY, kinds.DIGEST, kinds.TRIAL)

OPENINGS = {
    kinds.ACT: "您在智慧政协平台有一条需要办理的新消息：", kinds.REMINDER: "请留意办理期限：",
    kinds.ESCALATION: "有事项逾期，请您过问：", kinds.ANNOUNCEMENT: "有一则新的通知公告：",
}  # fmt: skip
OPENING = "您在智慧政协平台有一条新消息："
SAMPLE = {
    "name": "王建国", "subject": "【提案】交办：县政协十一届四次会议第 001 号", "act": "交办",
    "number": "县政协十一届四次会议第 001 号", "due": "12月3日", "count": "2",
}  # fmt: skip
SAMPLE_LINES = ["11月25日 【提案】立案：流水号 0123", "11月25日 【提案】签收：县政协十一届四次会议第 001 号"]


def label(kind: str) -> str:
    return LABELS.get(kind) or kinds.BY_KEY[kinds.known(kind)].label


def fields_of(kind: str) -> tuple[str, ...]:
    return FIELDS.get(kind, OF_MESSAGE)


def default(kind: str, part: str) -> str:
    """The words in code: of `part` subject, plain or sms_fields; HTML is made from the plain text."""
    if part == "sms_fields":
        return "事项 编号"
    if part == "subject":
        return "您有 {条数} 条新消息" if kind == kinds.DIGEST else "{标题}"
    if kind == kinds.DIGEST:
        return "{姓名}：\n\n您在智慧政协平台有 {条数} 条新消息：\n\n{清单}\n\n{链接}"
    return f"{{姓名}}：\n\n{OPENINGS.get(kind, OPENING)}\n\n{{标题}}\n\n{{链接}}"


def words(kind: str) -> dict[str, str]:
    """subject, plain and html as they are in force."""
    return _in_force(kind, NoticeText.objects.filter(kind=kind).first())


def _in_force(kind: str, row: NoticeText | None) -> dict[str, str]:
    found = {part: (getattr(row, part) if row else "") or default(kind, part) for part in ("subject", "plain")}
    made = linebreaks(found["plain"], autoescape=True).replace("{标题}", "<b>{标题}</b>")
    return {**found, "html": (row.html if row else "") or made}


def fill(words: dict[str, str], facts: dict[str, str], link: str, lines: list[str] = ()) -> dict[str, str]:
    """The finished subject, plain text and HTML. Everything put into the HTML is escaped."""
    look = f"请登录后查看：{link}" if link else "请登录智慧政协平台，在“消息”中查看。"
    anchor = format_html('<a href="{}">登录后查看</a>（{}）', link, link) if link else look
    numbered = [f"{n}. {line}" for n, line in enumerate(lines, start=1)]
    plain = {**facts, "link": look, "lines": "\n".join(numbered)}
    marked = {name: format_html("{}", value) for name, value in facts.items()}
    marked |= {"link": anchor, "lines": format_html("{}", "\n".join(numbered)).replace("\n", "<br>")}
    return {
        "subject": " ".join(_put(words["subject"], {**plain, "lines": ""}).split()),
        "plain": _put(words["plain"], plain),
        "html": _put(words["html"], marked),
    }


def _put(text: str, values: dict[str, str]) -> str:
    """One pass, so that braces in a value stay what they are."""
    return FIELD.sub(lambda found: str(values.get(NAMES.get(found[1], found[1]), "")), text)


def facts_of(delivery: Delivery) -> dict[str, str]:
    """What is known of a message by the names of the fields."""
    message, known = delivery.message, delivery.message.facts
    found = {name: str(known.get(name, "")) for name in ("act", "number", "due")}
    return {
        **found,
        "act": found["act"] or message.subject,
        "subject": message.subject,
        "name": str(delivery.recipient),
    }


def link_of(delivery: Delivery) -> str:
    """The address in the inbox, or "" when the portal does not know its own public address."""
    if not settings.PORTAL_URL:
        return ""
    page = reverse("notices:open", args=[delivery.message_id]) if delivery.message_id else reverse("notices:inbox")
    return settings.PORTAL_URL + page


def sms_template(delivery: Delivery, provider: str) -> str:
    """The template staff named for this kind; "" : the one of the environment."""
    row = NoticeText.objects.filter(kind=delivery.message.kind).first()
    return getattr(row, f"{provider}_template") if row else ""


def sms_values(delivery: Delivery) -> dict[str, str]:
    """The variables of the SMS template in their order, by their names in code; no brackets, which providers refuse."""
    row = NoticeText.objects.filter(kind=delivery.message.kind).first()
    given = ((row.sms_fields if row else "") or default(delivery.message.kind, "sms_fields")).split()
    facts, names = facts_of(delivery), [NAMES.get(name, name) for name in given]
    return {name: facts[name].replace("【", "").replace("】", " ").strip()[:LONGEST_IN_SMS] or "无" for name in names}


def robot_text(delivery: Delivery) -> str:
    """One line for the group, with the name of whoever is meant."""
    facts, link = facts_of(delivery), link_of(delivery)
    return f"请{facts['name']}查看：{facts['subject']}" + (f"\n{link}" if link else "")


def problems(row: NoticeText) -> dict[str, str]:
    """{field: sentence} of what cannot be sent as it stands."""
    found = {}
    for part in ("subject", "plain", "html"):
        unknown = _unknown(getattr(row, part), fields_of(row.kind))
        if unknown is not None:
            found[part] = f"没有“{{{unknown}}}”这个字段。可用的字段：{_listed(row.kind)}。"
    if "html" not in found and (mark := _strange_mark(row.html)):
        found["html"] = f"不能使用“{mark}”。可用的标签：{'、'.join(sorted(MARKS))}，不带属性。"
    names = [NAMES.get(name, name) for name in row.sms_fields.split()]
    if len(set(names)) < len(names):
        found["sms_fields"] = "同一个字段只能写一次。"
    if strange := next((name for name in row.sms_fields.split() if not _is_one(name, IN_SMS)), ""):
        found["sms_fields"] = f"没有“{strange}”这个字段。可用的字段：{'、'.join(IN_SMS)}，用空格隔开。"
    return found


def _unknown(text: str, names: tuple[str, ...]) -> str | None:
    return next((name for name in FIELD.findall(text) if not _is_one(name, names)), None)


def _is_one(name: str, names: tuple[str, ...]) -> bool:
    return name in names or name in {NAMES[one] for one in names}


def _listed(kind: str) -> str:
    return "、".join(f"{{{name}}}" for name in fields_of(kind))


class _Marks(HTMLParser):
    """Remembers the first thing that is no plain mark."""

    strange = ""

    def handle_starttag(self, tag, attrs):
        if tag not in MARKS or attrs:
            self.strange = self.strange or self.get_starttag_text()

    def handle_endtag(self, tag):
        if tag not in MARKS:
            self.strange = self.strange or f"</{tag}>"

    def handle_comment(self, data):
        self.strange = self.strange or "<!--"

    def handle_decl(self, decl):
        self.strange = self.strange or "<!"

    handle_pi = unknown_decl = handle_decl


def _strange_mark(html: str) -> str:
    parser = _Marks()
    parser.feed(html)
    parser.close()
    return parser.strange[:60] or ("<" if "<" in re.sub(r"</?[a-z]+\s*/?>", "", html) else "")


def sample(row: NoticeText) -> dict[str, str]:
    """How a mail with these words looks, with an invented person and number."""
    link = (settings.PORTAL_URL or "https://门户地址") + "/inbox/"
    return fill(_in_force(row.kind, row), SAMPLE, link, SAMPLE_LINES)


def make_rows(*, apps=None, **kwargs) -> None:
    """A row for each kind, empty, made after every `migrate`; staff change rows and make none."""
    if apps is not None and "noticetext" not in apps.all_models["notices"]:
        return
    there = set(NoticeText.objects.values_list("kind", flat=True))
    NoticeText.objects.bulk_create(NoticeText(kind=kind) for kind in KEYS if kind not in there)
