from django import forms

from deadlines import steps


class StepFilter(forms.Form):
    step = forms.ChoiceField(label="环节", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", "全部环节"), *steps.step_choices()]
