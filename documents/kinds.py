"""The kinds of file that may come in. No archives: what is inside could not be checked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """extension: with its dot. title: as people call it. bodies: the contents it may have."""

    extension: str
    title: str
    content_type: str
    bodies: tuple[str, ...]


PDF, JPEG, PNG, TEXT, OFD = "pdf", "jpeg", "png", "text", "ofd"
# Office documents exist in an old body (OLE) and a new one (a zip package); offices rename freely.
WORD_OLE, SHEET_OLE, SLIDES_OLE = "word-ole", "sheet-ole", "slides-ole"
WORD_ZIP, SHEET_ZIP, SLIDES_ZIP = "word-zip", "sheet-zip", "slides-zip"

OOXML = "application/vnd.openxmlformats-officedocument."

_ALL = (
    Kind(".pdf", "PDF 文件", "application/pdf", (PDF,)),
    Kind(".ofd", "OFD 版式文件", "application/ofd", (OFD,)),
    Kind(".doc", "Word 文档", "application/msword", (WORD_OLE, WORD_ZIP)),
    Kind(".docx", "Word 文档", f"{OOXML}wordprocessingml.document", (WORD_ZIP,)),
    Kind(".wps", "WPS 文字文档", "application/vnd.ms-works", (WORD_OLE, WORD_ZIP)),
    Kind(".xls", "Excel 表格", "application/vnd.ms-excel", (SHEET_OLE, SHEET_ZIP)),
    Kind(".xlsx", "Excel 表格", f"{OOXML}spreadsheetml.sheet", (SHEET_ZIP,)),
    Kind(".et", "WPS 表格", "application/vnd.ms-excel", (SHEET_OLE, SHEET_ZIP)),
    Kind(".ppt", "演示文稿", "application/vnd.ms-powerpoint", (SLIDES_OLE, SLIDES_ZIP)),
    Kind(".pptx", "演示文稿", f"{OOXML}presentationml.presentation", (SLIDES_ZIP,)),
    Kind(".dps", "WPS 演示文稿", "application/vnd.ms-powerpoint", (SLIDES_OLE, SLIDES_ZIP)),
    Kind(".jpg", "JPG 图片", "image/jpeg", (JPEG,)),
    Kind(".jpeg", "JPG 图片", "image/jpeg", (JPEG,)),
    Kind(".png", "PNG 图片", "image/png", (PNG,)),
    Kind(".txt", "文本文件", "text/plain", (TEXT,)),
)

KINDS: dict[str, Kind] = {kind.extension: kind for kind in _ALL}

# What an import takes in: a workbook, or a table kept as text, whatever it is called. Old programs call text .xls.
_TABLES = (
    Kind(".xlsx", "Excel 表格", f"{OOXML}spreadsheetml.sheet", (SHEET_ZIP, TEXT)),
    Kind(".xls", "Excel 表格", "application/vnd.ms-excel", (SHEET_OLE, SHEET_ZIP, TEXT)),
    Kind(".csv", "文本表格（CSV）", "text/csv", (TEXT, SHEET_ZIP)),
    Kind(".tsv", "文本表格（TSV）", "text/tab-separated-values", (TEXT, SHEET_ZIP)),
    Kind(".txt", "文本文件", "text/plain", (TEXT, SHEET_ZIP)),
)

TABLES: dict[str, Kind] = {**KINDS, **{kind.extension: kind for kind in _TABLES}}
TABLES_OFFERED = ".xlsx,.csv,.tsv,.txt"

ACCEPTED_WORDS = "PDF、OFD、Word、Excel、WPS、演示文稿、图片（JPG、PNG）或文本（TXT）"


def accept_attribute() -> str:
    """For the file field: the browser's chooser then offers only what can be taken."""
    return ",".join(KINDS)
