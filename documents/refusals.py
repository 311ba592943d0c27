"""Why a file is not taken: each sentence names the file, the reason and the remedy."""

from django.core.exceptions import ValidationError

from .kinds import ACCEPTED_WORDS
from .limits import MEGABYTE


def refused(name: str, reason: str, remedy: str, code: str) -> ValidationError:
    return ValidationError(f"“{name}”{reason}，没有上传。{remedy}", code=code)


def unknown_kind(name: str, extension: str) -> ValidationError:
    if extension in (".zip", ".rar", ".7z"):
        return refused(name, "是压缩包", "请解压后把里面的文件逐个上传。", "kind")
    if extension in (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm", ".ppsm"):
        return with_macros(name)
    return refused(name, "不是可以上传的文件类型", f"请另存为 {ACCEPTED_WORDS}后再上传。", "kind")


def with_macros(name: str) -> ValidationError:
    return refused(
        name,
        "带有宏程序，可能不安全",
        "请用 WPS 或 Word、Excel 打开，另存为不带宏的 .docx、.xlsx 或 PDF 后再上传。",
        "macro",
    )


def with_password(name: str) -> ValidationError:
    return refused(name, "设了打开密码，别人看不了", "请取消密码后再上传。", "password")


def wrong_content(name: str, title: str, really: str) -> ValidationError:
    title = _apart(title)
    reason = f"的内容其实是{_apart(really)}，不是{title}" if really else f"的内容不是{title}，或者已经损坏"
    return refused(name, reason, "请用原来的软件打开检查，重新另存后再上传。", "content")


def _apart(words: str) -> str:
    """Latin letters stand apart from the Chinese before them: 不是 PDF 文件."""
    return f" {words}" if words[:1].isascii() else words


def with_program(name: str) -> ValidationError:
    return refused(name, "里面夹带了网页、脚本或程序", "请打印或另存为普通 PDF 后再上传。", "active_content")


def broken(name: str) -> ValidationError:
    return refused(name, "打不开，可能没有传完整或已损坏", "请打开原文件检查后重新上传。", "broken")


def unpacks_too_large(name: str) -> ValidationError:
    return refused(name, "展开后的内容过大", "请删去多余的空行和大图，或另存为 PDF 后再上传。", "unpacked")


def too_large(name: str, limit: int) -> ValidationError:
    return refused(
        name,
        f"超过 {limit / MEGABYTE:g} MB",
        "请压缩图片、分成几个文件，或另存为较小的 PDF 后再上传。",
        "size",
    )


def empty(name: str) -> ValidationError:
    return refused(name, "是空文件", "请打开原文件检查后重新选择。", "empty")


def nameless() -> ValidationError:
    return ValidationError("文件没有名称，没有上传。请给文件起个名字后重新选择。", code="name")


def no_room(name: str) -> ValidationError:
    return refused(
        name,
        "暂时存不下，服务器的存储空间可能已满",
        "请稍后再传；如果仍然不行，请联系管理员。",
        "storage",
    )


def too_many_waiting(limit: int) -> ValidationError:
    return ValidationError(
        f"您已有 {limit} 个文件上传后还没有提交，暂时不能再传。请先提交，或在“我的上传”里删去不用的文件。",
        code="waiting",
    )


def too_many(limit: int) -> ValidationError:
    return ValidationError(f"最多只能附 {limit} 个文件。请删去不需要的，或把几个文件合并成一个 PDF。", code="count")


def gone(count: int) -> ValidationError:
    return ValidationError(
        f"有 {count} 个附件已经找不到了（可能上传后放了太久，或已用在别处）。请重新上传后再提交。",
        code="gone",
    )
