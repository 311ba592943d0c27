"""Typed fragments: what they accept, what they refuse, what they say."""

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.utils.html import strip_tags

from portal.templatetags.components import component


def draw(source: str, **context) -> str:
    return " ".join(Template("{% load components %}" + source).render(Context(context)).split())


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize(
    "source",
    [
        '{% state_badge state="draft" label="草稿" colour="red" %}',
        '{% state_badge state="draft" %}',
        '{% card heading="待办" %}{% endcard %}',
        "{% button %}",
    ],
)
def test_unknown_or_missing_prop_is_refused_when_the_template_is_read(source):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load components %}" + source)


@pytest.mark.parametrize(
    "source",
    [
        '{% state_badge state="draft" label="草稿" tone="pink" %}',
        '{% state_badge state="draft" label=number %}',
        '{% light colour="blue" word="正常" %}',
        '{% light colour="green" word="正常" days="3" %}',
        '{% button label="好" small="yes" %}',
        '{% timeline events="text" %}',
        '{% steps current="查" %}',
    ],
)
def test_value_of_the_wrong_type_is_refused(source):
    with pytest.raises(TemplateSyntaxError):
        draw(source, number=3)


def test_every_component_has_a_template_and_a_description():
    for one in component.by_name.values():
        assert one.about, one.name


def test_text_of_people_is_escaped():
    html = draw('{% state_badge state="draft" label=label %}', label="<script>alert(1)</script>")
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("props", "said"),
    [
        ('colour="green" word="正常" days=40', "正常，还剩 40 天"),
        ('colour="orange" word="紧迫" days=0', "紧迫，今天到期"),
        ('colour="RED" word="逾期" days=-3 unit="个工作日"', "逾期，已超 3 个工作日"),
        ('colour="none" word="无期限"', "无期限"),
    ],
)
def test_light_says_in_words_what_its_colour_says(props, said):
    html = draw("{% light " + props + " %}")
    assert words(html) == said
    assert "<svg" in html


def test_steps_of_a_closed_case_leave_supervision_aside():
    html = draw('{% steps current="结" %}')
    assert words(html) == "提 提出 已完成 立 立案 已完成 办 办理 已完成 督 督办 未列督办 评 评价 已完成"


def test_steps_of_a_case_not_filed_end_there():
    html = draw('{% steps current="立" ended="不予立案" %}')
    assert words(html) == "提 提出 已完成 立 立案 不予立案 办 办理 督 督办 评 评价"
    assert html.count('aria-current="step"') == 1


def test_who_has_it_is_one_sentence():
    html = draw('{% who_has_it holder="县教育局" due=due %}', due=date(2026, 5, 29))
    assert words(html) == "现在由 县教育局 办理，应于 2026年5月29日（星期五）前答复。"


def test_pager_keeps_the_filter():
    page = Paginator(range(100), 20).page(2)
    html = draw(
        "{% pager page=page params=params %}", page=page, params=QueryDict("state=handling&unit=1&unit=2&page=2")
    )
    assert 'href="?state=handling&amp;unit=1&amp;unit=2&amp;page=3" rel="next"' in html
    assert words(html).startswith("共 100 件，第 2 / 5 页")


def test_pager_of_one_page_only_counts():
    html = draw('{% pager page=page unit="条" %}', page=Paginator(range(3), 20).page(1))
    assert words(html) == "共 3 条"


class Sample(forms.Form):
    title = forms.CharField(label="案由", max_length=10, help_text="一事一案")
    kind = forms.ChoiceField(label="形式", choices=[("a", "个人"), ("b", "联名")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("联名还没有截止。")


def test_field_ties_label_help_and_error_to_its_control():
    html = draw("{% field field=form.title %}", form=Sample({"title": "很长" * 10}))
    assert '<label class="field__label" for="id_title">案由</label>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext">一事一案' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_with_a_counter_never_lets_the_browser_cut_a_text():
    assert "maxlength" in draw("{% field field=form.title %}", form=Sample())
    html = draw("{% field field=form.title counter=True %}", form=Sample())
    assert "maxlength" not in html
    assert 'data-limit="10"' in html


def test_choices_are_a_group_with_a_legend():
    html = draw("{% field field=form.kind %}", form=Sample({}))
    assert '<fieldset aria-describedby="id_kind_error"> <legend class="field__label">形式</legend>' in html


def test_error_summary_names_each_field_and_leads_to_it():
    html = draw("{% error_summary form=form %}", form=Sample({"title": ""}))
    assert words(html) == "有 3 处需要改正 联名还没有截止。案由：请填写这一项。形式：请选择一项。"
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html


def test_error_summary_of_a_fresh_form_is_nothing():
    assert draw("{% error_summary form=form %}", form=Sample()) == ""


def test_error_summary_covers_formsets():
    rows = forms.formset_factory(Sample, extra=0, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": ""}
    html = draw("{% error_summary forms=forms %}", forms=[rows(data)])
    assert "form-0-title" in html


def test_upload_works_as_a_plain_file_input():
    files = [{"id": "abc", "name": "调查.docx", "size": 2048, "url": "/documents/abc/"}]
    html = draw('{% upload name="attachments" label="附件" files=files %}', files=files)
    assert '<input type="hidden" name="attachments" value="abc">' in html
    assert 'type="file" id="id_attachments_files" name="attachments_files" multiple' in html
    assert 'type="submit" name="remove_attachments" value="abc"' in html


def test_rows_of_a_formset_can_be_changed_without_javascript():
    rows = forms.formset_factory(Sample, extra=2)(prefix="items")
    html = draw('{% item_rows formset=rows label="具体建议" %}', rows=rows)
    for button in ('name="add_items" value="1"', 'name="remove_items" value="1"', 'name="up_items" value="1"'):
        assert f'type="submit" {button}' in html


def test_blank_cells_of_a_table_are_empty_so_that_cards_leave_them_out():
    html = draw(
        '{% data_table caption="提案" %}<tr><td data-label="单位"> {% if a %}x{% endif %} </td></tr>{% enddata_table %}'
    )
    assert '<td data-label="单位"></td>' in html
