"""我的资料 and 个人信息保护 in the API: the same verbs and forms as the pages."""

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from members.models import Appointment, Gender, Member, Person, ProfileChange
from members.privacy import consent, reveals
from members.profile import correcting, requesting
from members.profile.fields import CORRECTABLE
from xiping_cppcc.api.bodies import known_only
from xiping_cppcc.api.problems import Problem
from xiping_cppcc.api.views import ApiView

from .serializers import PostSerializer, SeatSerializer

DECIDED_SHOWN, REVEALS_SHOWN = 10, 20


def own_person(user) -> Person:
    """The person behind the account. Raises not_allowed for bare administrators' accounts."""
    if user.person_id is None:
        raise Problem("not_allowed", "这个账号没有对应的人员，没有个人资料。", "请用本人的账号登录。")
    return user.person


def agreed_person(user) -> Person:
    """The same, who has agreed to the privacy notice in force. Raises consent_required."""
    person = own_person(user)
    if not consent.has_agreed(person):
        raise Problem("consent_required")
    return person


class CorrectionSerializer(serializers.Serializer):
    """Items that are not sent stay as they are."""

    gender = serializers.ChoiceField(choices=Gender.choices, required=False, allow_blank=True, help_text="性别")
    ethnicity = serializers.CharField(max_length=20, required=False, allow_blank=True, help_text="民族")
    born = serializers.CharField(max_length=7, required=False, allow_blank=True, help_text="出生年月，如 1975-03")
    native_place = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text="籍贯")
    party = serializers.CharField(max_length=30, required=False, allow_blank=True, help_text="党派")
    education = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text="学历学位")
    employer = serializers.CharField(max_length=80, required=False, allow_blank=True, help_text="工作单位")
    position = serializers.CharField(max_length=80, required=False, allow_blank=True, help_text="职务")
    phone = serializers.CharField(max_length=20, required=False, allow_blank=True, help_text="手机，11 位")
    email = serializers.CharField(max_length=254, required=False, allow_blank=True, help_text="电子邮箱")

    def to_internal_value(self, data):
        return super().to_internal_value(known_only(self, data))


class OwnSeatSerializer(SeatSerializer):
    end_reason = serializers.CharField(allow_blank=True, help_text="为什么结束；在任为空")

    class Meta(SeatSerializer.Meta):
        model = Member
        fields = [*SeatSerializer.Meta.fields, "starts", "ends", "end_reason"]


class OwnPostSerializer(PostSerializer):
    class Meta(PostSerializer.Meta):
        model = Appointment
        fields = [*PostSerializer.Meta.fields, "starts", "ends"]


class ProfileChangeSerializer(serializers.ModelSerializer):
    field_label = serializers.CharField(source="label", help_text="项目")
    outcome_label = serializers.CharField(source="get_outcome_display", help_text="结果")

    class Meta:
        model = ProfileChange
        fields = [
            "id", "field", "field_label", "old", "new", "requested_at", "outcome", "outcome_label", "decided_at", "reason",
        ]  # fmt: skip


class LookSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    who = serializers.CharField(source="user.__str__", help_text="查看人")
    page = serializers.CharField(help_text="在哪里查看")


class ProfileSerializer(serializers.ModelSerializer):
    """One's own data, whole; the seats and posts of all terms. What is not registered is empty."""

    gender = serializers.CharField(allow_blank=True, help_text="male、female 或空")
    email = serializers.CharField(allow_blank=True, help_text="电子邮箱")
    seats = OwnSeatSerializer(many=True, help_text="历届席位")
    posts = OwnPostSerializer(many=True, source="appointments_shown", help_text="任职")
    changes = ProfileChangeSerializer(many=True, source="changes_shown", help_text="待核对的和最近核对过的更正申请")
    looks = LookSerializer(many=True, source="looks_shown", help_text="最近谁看过我的联系方式")

    class Meta:
        model = Person
        fields = ["id", "name", *CORRECTABLE, "seats", "posts", "changes", "looks"]
        read_only_fields = fields


class Profile(ApiView):
    @extend_schema(operation_id="me_profile", summary="我的资料", responses=ProfileSerializer)
    def get(self, request):
        return Response(_profile(agreed_person(request.user)))

    @extend_schema(
        operation_id="me_profile_correct", summary="申请更正资料", request=CorrectionSerializer,
        responses=ProfileSerializer, description="只发要更正的项目。工作人员核对后生效；再次申请同一项，代替还在等待的那一次。",
    )  # fmt: skip
    def patch(self, request):
        person = agreed_person(request.user)
        given = CorrectionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        form = correcting.form_for(person, given.validated_data)
        errors = {name: errors for name, errors in form.errors.items() if name in given.validated_data}
        if errors:
            raise ValidationError(errors)
        wanted = {name: form.cleaned_data[name] for name in given.validated_data}
        requesting.request(person, wanted)
        return Response(_profile(person))


def _profile(person: Person) -> dict:
    found = Person.objects.prefetch_related("seats__term", "seats__sector", "seats__group").get(pk=person.pk)
    found.appointments_shown = found.appointments.select_related("organization").order_by("-starts")
    shown = found.profile_changes.filter(outcome__in=("waiting", "accepted", "refused")).order_by("-pk")
    found.changes_shown = shown[: len(CORRECTABLE) + DECIDED_SHOWN]
    found.looks_shown = reveals.of_person(found)[:REVEALS_SHOWN]
    return ProfileSerializer(found).data


class PrivacySerializer(serializers.Serializer):
    version = serializers.CharField(help_text="现行说明的版本")
    page = serializers.CharField(help_text="说明全文在门户里的页面")
    agreed = serializers.BooleanField(help_text="是否同意了现行版本")
    agreed_at = serializers.DateTimeField(allow_null=True)
    show_phone = serializers.BooleanField(help_text="通讯录里能否查看我的手机")


class AgreementSerializer(serializers.Serializer):
    version = serializers.CharField(max_length=20, help_text="用户读过的说明的版本，必须是现行版本")
    agree = serializers.BooleanField(help_text="true 同意，false 撤回")
    show_phone = serializers.BooleanField(help_text="通讯录里能否查看我的手机；撤回时一律不能")

    def to_internal_value(self, data):
        return super().to_internal_value(known_only(self, data))

    def validate_version(self, version: str) -> str:
        if version != consent.VERSION:
            raise serializers.ValidationError("不是现行版本，请重新读取说明，请用户阅读后再提交。")
        return version


class Privacy(ApiView):
    @extend_schema(operation_id="me_privacy", summary="个人信息保护说明和我的选择", responses=PrivacySerializer)
    def get(self, request):
        return Response(_privacy(own_person(request.user)))

    @extend_schema(
        operation_id="me_privacy_choose", summary="同意或撤回", request=AgreementSerializer, responses=PrivacySerializer
    )
    def post(self, request):
        person = own_person(request.user)
        given = AgreementSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        consent.choose(person, given.validated_data["agree"], given.validated_data["show_phone"])
        return Response(_privacy(person))


def _privacy(person: Person) -> dict:
    answer = {
        "version": consent.VERSION, "page": "/privacy/", "agreed": consent.has_agreed(person),
        "agreed_at": consent.agreed_at(person), "show_phone": consent.shows_phone(person),
    }  # fmt: skip
    return PrivacySerializer(answer).data
