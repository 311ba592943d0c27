"""What the log-in takes and what a person learns about themselves and their devices."""

import unicodedata

from rest_framework import serializers

from members.models import Appointment, DeviceToken, Member, Organization, Person


class LoginSerializer(serializers.Serializer):
    username = serializers.CharField(max_length=40, help_text="账号或登录手机号")
    password = serializers.CharField(max_length=200, trim_whitespace=False, help_text="密码")
    code = serializers.CharField(
        max_length=12, required=False, allow_blank=True, default="", help_text="动态口令，账号启用了动态口令时必填"
    )
    device = serializers.CharField(max_length=60, help_text="设备名称，如“张三的华为手机”；在“登录设备”里看到的就是它")

    def validate_username(self, value: str) -> str:
        return unicodedata.normalize("NFKC", value).strip()


class PasswordSerializer(serializers.Serializer):
    old_password = serializers.CharField(max_length=200, trim_whitespace=False, help_text="现在的密码")
    new_password = serializers.CharField(max_length=200, trim_whitespace=False, help_text="新密码")


class DeviceSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="public_id")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")
    current = serializers.SerializerMethodField(help_text="就是本机")

    class Meta:
        model = DeviceToken
        fields = ["id", "name", "created_at", "seen_at", "expires_at", "current"]
        read_only_fields = fields

    def get_current(self, device) -> bool:
        now = self.context["request"].auth
        return isinstance(now, DeviceToken) and now.pk == device.pk


class LoginAnswerSerializer(serializers.Serializer):
    token = serializers.CharField(help_text="以后每次请求放进 Authorization: Token …；只显示这一次")
    expires_at = serializers.DateTimeField(help_text="到期后须重新登录")
    device_id = serializers.UUIDField(help_text="在登录设备里的编号")
    must_change_password = serializers.BooleanField(help_text="为 true 时须先修改密码")


class OrganizationSerializer(serializers.ModelSerializer):
    """A body by its names."""

    class Meta:
        model = Organization
        fields = ["id", "name", "short_name", "kind"]


class SeatSerializer(serializers.ModelSerializer):
    term = serializers.CharField(source="term.__str__", help_text="届")
    sector = serializers.CharField(source="sector.name", default=None, allow_null=True, help_text="界别")
    group = serializers.CharField(source="group.name", default=None, allow_null=True, help_text="委员组")
    seat_kind_label = serializers.CharField(source="get_seat_kind_display", help_text="席位")

    class Meta:
        model = Member
        fields = ["term", "number", "sector", "group", "seat_kind", "seat_kind_label"]


class PostSerializer(serializers.ModelSerializer):
    organization = OrganizationSerializer()
    post_label = serializers.CharField(source="get_post_display")

    class Meta:
        model = Appointment
        fields = ["organization", "post", "post_label", "title"]


class NamedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Person
        fields = ["id", "name"]


class MeSerializer(serializers.Serializer):
    """The person behind the account as of today; contact data is masked."""

    id = serializers.IntegerField(help_text="账号编号")
    username = serializers.CharField()
    person_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    phone = serializers.CharField(help_text="中间四位以星号代替", allow_blank=True)
    must_change_password = serializers.BooleanField()
    seat = SeatSerializer(allow_null=True, help_text="现任委员席位")
    posts = PostSerializer(many=True, help_text="现任职务")
    drafts_for = NamedSerializer(many=True, help_text="授权您代为起草提案的委员")
    duties = serializers.ListField(child=serializers.CharField(), help_text="管理员职责")
