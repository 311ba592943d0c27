"""Forms that know who is registering, so that nobody gives rights they may not give."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Group

from members import appointing, duties
from members.models import Appointment, Member, Organization, Person, User
from members.personal_numbers import bare_phone
from members.profile.correcting import PHONE_TAKEN, PersonalForm, check_mobile, phone_taken
from members.succession import open_matters

NAME_TAKEN = "这个账号与另一人的手机号相同，登录时会混淆。请换一个。"


class ActorForm(forms.ModelForm):
    """`actor` is set on the class that the admin makes for each request."""

    actor = None

    def before(self):
        """The row as it is in the database, None when it is new."""
        return type(self.instance)._base_manager.filter(pk=self.instance.pk).first() if self.instance.pk else None


class WithActor:
    """For a ModelAdmin or an inline whose form is an ActorForm. `refusal_for` says why a row cannot be changed."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.actor = request.user
        return form

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.actor = request.user
        return formset

    def refusal_for(self, request, obj) -> str:
        return ""

    def has_change_permission(self, request, obj=None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj is not None and self.refusal_for(request, obj))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A row that only others may change is shown, with the reason."""
        obj = self.get_object(request, object_id) if request.method == "GET" else None
        if obj is not None and super().has_change_permission(request, obj):
            sentence = self.refusal_for(request, obj)
            if sentence:
                messages.info(request, sentence)
        return super().change_view(request, object_id, form_url, extra_context)


class PersonForm(PersonalForm):
    class Meta:
        model = Person
        fields = [
            "name", "pinyin", "stroke_name", "gender", "ethnicity", "born", "native_place", "party", "education", "employer",
            "position", "phone", "email",
        ]  # fmt: skip


class AppointmentForm(ActorForm):
    class Meta:
        model = Appointment
        fields = ["person", "organization", "post", "title", "starts", "ends", "document_number"]

    def _post_clean(self):
        """After the instance took the values; before that it is still the old row."""
        before = self.before()
        super()._post_clean()
        row = self.instance
        if self.has_changed() and row.organization_id:
            sentence = appointing.appointment_refusal(self.actor, *filter(None, (before, row)))
            if sentence:
                self.add_error(None, sentence)


class SeatForm(ActorForm):
    class Meta:
        model = Member
        fields = [
            "person", "term", "number", "sector", "group", "seat_kind", "starts", "ends", "end_reason", "end_document", "end_note",
            "decided_by", "document_number", "from_ledger",
        ]  # fmt: skip

    def _post_clean(self):
        before = self.before()
        super()._post_clean()
        people = [row.person_id for row in (before, self.instance) if row is not None]
        sentence = appointing.seat_refusal(self.actor, *people) if self.has_changed() else ""
        if sentence:
            self.add_error(None, sentence)


class OrganizationForm(ActorForm):
    class Meta:
        model = Organization
        fields = [
            "kind",
            "name",
            "short_name",
            "code",
            "system",
            "letter_code",
            "parent",
            "pinyin",
            "order",
            "starts",
            "ends",
        ]

    def _post_clean(self):
        before = self.before()
        super()._post_clean()
        sentence = appointing.organization_refusal(self.actor, before, self.instance)
        if sentence and not self.errors:
            self.add_error(None, sentence)
        if before is not None and self.instance.ends and "ends" in self.changed_data:
            self._refuse_to_leave_open(before)

    def _refuse_to_leave_open(self, body: Organization) -> None:
        left = "，".join(f"{label} {count} 件" for label, count in open_matters(body))
        if left and body.successor_id is None:
            self.add_error("ends", f"该机构还有：{left}。请点右上角“撤并到其他机构”，由另一个机构接续。")


class UserForm(ActorForm):
    """One duty or none: the three exclude each other (members.duties). Without `gives_duty` it stays as it is."""

    gives_duty = False
    duty = forms.ModelChoiceField(
        label="管理员职责", queryset=Group.objects.filter(name__in=duties.ALL), required=False,
        empty_label="不是管理员", widget=forms.RadioSelect,
        help_text="系统、安全、审计三种职责不能由一人兼任；委员、工作人员和承办单位的账号都不选。",
    )  # fmt: skip

    class Meta:
        model = User
        fields = ["username", "phone", "person", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.gives_duty:  # a declared field stays in a form unless it is taken out
            del self.fields["duty"]
        elif self.instance.pk:
            self.fields["duty"].initial = self.instance.groups.filter(name__in=duties.ALL).first()

    def clean_phone(self) -> str | None:
        phone = bare_phone(self.cleaned_data["phone"] or "")
        if phone and phone != self.instance.phone:
            check_mobile(phone)
        return phone or None

    def clean(self):
        data = super().clean()
        keeps_duty = "duty" not in self.fields and self.instance.pk and self.instance.groups.exists()
        if "person" in self.fields and not data.get("person") and not data.get("duty") and not keeps_duty:
            self.add_error("person", "请选择这个账号属于谁。只有专设的管理员账号可以不对应人员。")
        self._refuse_taken("username", NAME_TAKEN)
        self._refuse_taken("phone", PHONE_TAKEN)
        return data

    def _refuse_taken(self, field: str, sentence: str) -> None:
        """What one logs in with is the account name or the phone: neither may be another's of either kind."""
        given, before = self.cleaned_data.get(field), getattr(self.instance, field)
        person = self.cleaned_data.get("person", self.instance.person)
        if given and given != before and phone_taken(given, person and person.pk, self.instance.pk):
            self.add_error(field, sentence)
