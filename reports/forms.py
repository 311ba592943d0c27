"""Forms of 评优."""

from django import forms

from members.models import Organization, Person, Session
from members.periods import today
from proposals.awards import candidates

from .papers import compilation, compilation_cases


class NominateUnitForm(forms.Form):
    unit = forms.ModelChoiceField(label="承办单位", queryset=Organization.objects.none(), empty_label="请选择")
    nominator = forms.ModelChoiceField(
        label="推荐单位", queryset=Organization.objects.none(), required=False, empty_label="提案委员会"
    )
    reason = forms.CharField(label="推荐理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, ranked=(), **kwargs):
        """`ranked`: the units that may be put forward, by the assessment of the session."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Organization.objects.units().filter(pk__in=ranked)
        self.fields["nominator"].queryset = Organization.objects.collectives().on(today())


class JudgeForm(forms.Form):
    person = forms.ModelChoiceField(
        label="评委", queryset=Person.objects.none(), empty_label="请选择", help_text="提案委和交办机构的工作人员。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = candidates().order_by("pinyin", "pk")


class DecisionForm(forms.Form):
    on = forms.DateField(label="主席会议日期", widget=forms.DateInput(attrs={"type": "date"}))
    document = forms.CharField(
        label="决定文件", max_length=60, help_text="文号或会议纪要号，例如：西协发〔2026〕12号。"
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("主席会议日期不能晚于今天，请核对。")
        return day


class CompilationForm(forms.Form):
    """What a 提案汇编 holds; `parameters` is what the work is given (reports/papers/compilation.py)."""

    session = forms.ModelChoiceField(label="届次", queryset=Session.objects.none(), empty_label=None)
    audience = forms.ChoiceField(label="范围", choices=compilation.AUDIENCES)
    form = forms.ChoiceField(label="形式", choices=compilation.FORMS)
    replies = forms.ChoiceField(label="答复", choices=compilation_cases.REPLIES)

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = Session.objects.select_related("term")
        if person is not None and not compilation.may_have_internal(person):
            self.fields["audience"].choices = [one for one in compilation.AUDIENCES if one[0] == compilation.PUBLIC]

    @property
    def parameters(self) -> dict:
        return self.cleaned_data | {"session": self.cleaned_data["session"].pk}

    @property
    def said(self) -> str:
        """What was chosen, for the name of the job."""
        chosen = (dict(self.fields[name].choices)[self.cleaned_data[name]] for name in ("audience", "form"))
        return "，".join(chosen).replace("（", "：").replace("）", "")
