"""From an uploaded Word form to a draft with the form attached."""

from django.core.exceptions import ValidationError
from django.db import transaction

from documents import refusals
from documents.kinds import KINDS
from documents.names import clean_name, extension_of
from documents.uploads import discard, receive
from proposals import attachments, drafting
from proposals.models import Proposal

from .blocks import Broken, TooLong
from .fitting import Fitted, fit
from .reading import read

WORD = ".docx"
OLD = {".doc", ".wps", ".dot", ".wpt", ".rtf", ".docm"}
ONLY_WORD = {WORD: KINDS[WORD]}


def open_draft(file, user, organization, member, owner_name: str) -> tuple[Proposal, Fitted]:
    """The new draft and the report of what was read. Raises ValidationError with the remedy; nothing is left then."""
    name = clean_name(file.name or "")
    _check_kind(name)
    kept = receive(file, user, attachments.PURPOSE, ONLY_WORD)
    try:
        with transaction.atomic():
            fitted = _fitted(kept, name, owner_name)
            proposal = drafting.create(user, organization, member)
            saved = drafting.save(proposal, user, fitted.data, fitted.suggestions, fitted.units)
            attachments.keep(saved, user, [str(kept.pk)])
    except Exception:
        discard(kept)
        raise
    return saved, fitted


def _fitted(kept, name: str, owner_name: str) -> Fitted:
    try:
        with kept.file.open("rb") as stream:
            fitted = fit(read(stream), owner_name)
    except TooLong:
        raise refused(name, "里面的文字太多，不像一件提案", "请删去多余的内容后再传，或者直接在网页上填写。") from None
    except Broken:
        raise refusals.broken(name) from None
    if fitted.is_empty:
        raise refused(
            name, "里面没有找到案由、情况分析和建议", "请下载空白表，把内容贴进相应的格子再传，或者直接在网页上填写。"
        )
    return fitted


def _check_kind(name: str) -> None:
    ending = extension_of(name)
    if ending == WORD:
        return
    if ending in OLD:
        raise refused(name, "不是 .docx 格式，读不出各栏的文字", "请用 WPS 或 Word 打开，另存为“.docx”后再传。")
    if ending in (".pdf", ".ofd"):
        raise refused(
            name, "是版式文件，分不清哪段是案由、哪段是建议",
            "请传 Word 原稿（.docx）；没有原稿的，请在网页上填写，把这个文件作附件。",
        )  # fmt: skip
    raise refused(name or "这个文件", "不是 Word 文档", "请选择填好的提案表（.docx）。")


def refused(name: str, reason: str, remedy: str) -> ValidationError:
    return ValidationError(f"“{name}”{reason}，没有导入。{remedy}", code="word")
