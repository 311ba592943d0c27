"""The PDF beside a Word file: a link, or words where the server cannot make one."""

from django.template import Library
from django.utils.html import format_html

from documents import pdf

register = Library()


@register.simple_tag
def pdf_link(address: str, about: str = "", row: bool = False) -> str:
    """`about` tells the links of a list apart for who cannot see it; `row`: one of many, so the words are short."""
    if said := pdf.missing():
        return format_html(
            '　<span class="quiet print-hide">{}</span>', "（PDF：服务器没有安装 LibreOffice）" if row else said
        )
    told = format_html('<span class="visually-hidden">：{}</span>', about) if about else ""
    url = f"{address}{'&' if '?' in address else '?'}as=pdf"
    return format_html('　<a class="touch print-hide" href="{}">PDF{}</a>', url, told)


@register.simple_tag
def no_pdf() -> str:
    """For a form whose button asks for the PDF: why there is none, or ""."""
    return pdf.missing()
