"""Logging in and out, one's devices, one's password."""

from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.db import transaction
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from members import devices, logins, password_rules, passwords, second_factor
from members.models import DeviceToken
from xiping_cppcc.api.problems import Problem
from xiping_cppcc.api.throttles import PerScope, PerUser
from xiping_cppcc.api.views import ApiView, ApiViewSet

from .serializers import DeviceSerializer, LoginAnswerSerializer, LoginSerializer, PasswordSerializer


class Login(ApiView):
    """No answer tells whether an account exists: wrong name, wrong password and disabled look alike."""

    authentication_classes: list = []
    permission_classes = [AllowAny]
    throttle_classes = [PerScope]
    throttle_scope = "login"
    idempotent = False  # the answer holds a token, which is kept nowhere
    more_problems = (401,)

    @extend_schema(
        operation_id="auth_login", summary="登录", request=LoginSerializer, responses={200: LoginAnswerSerializer}
    )
    def post(self, request):
        given = LoginSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        name, password = given.validated_data["username"], given.validated_data["password"]
        user = authenticate(request=request._request, username=name, password=password)
        if user is None:
            raise Problem("invalid_credentials")
        _check_second_factor(user, given.validated_data["code"])
        device, token = devices.log_in(user, given.validated_data["device"])
        answer = {
            "token": token,
            "expires_at": device.expiry,
            "device_id": device.public_id,
            "must_change_password": password_rules.must_change(user),
        }
        return Response(LoginAnswerSerializer(answer).data)


def _check_second_factor(user, code: str) -> None:
    """Raises a problem unless the code is right or none is wanted."""
    if second_factor.is_missing(user):
        raise Problem("second_factor_setup")
    if second_factor.device_of(user) is None:
        return
    if not code:
        raise Problem("second_factor_required")
    if second_factor.is_right(user, code) is None:
        raise Problem("second_factor_wrong")


class Logout(ApiView):
    permission_classes = [IsAuthenticated]
    idempotent = False

    @extend_schema(operation_id="auth_logout", summary="退出本机登录", request=None, responses={204: None})
    def post(self, request):
        if isinstance(request.auth, DeviceToken):
            request.auth.delete()
        else:
            logout(request._request)
        return Response(status=204)


class Password(ApiView):
    """Open to those with a one-time password; afterwards every other device is logged out."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [PerUser, PerScope]
    throttle_scope = "password"
    idempotent = False

    @extend_schema(
        operation_id="auth_password", summary="修改密码", request=PasswordSerializer, responses={204: None},
        description="修改后，其他设备上的登录全部失效，本机保持登录。",
    )  # fmt: skip
    def post(self, request):
        given = PasswordSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        device = request.auth if isinstance(request.auth, DeviceToken) else None
        with transaction.atomic():
            passwords.change(request.user, **_old_and_new(given.validated_data))
            devices.keep_only(device, request.user)
        if device is None:
            update_session_auth_hash(request._request, request.user)
            logins.renew(request._request)
        return Response(status=204)


def _old_and_new(data: dict) -> dict:
    return {"old": data["old_password"], "new": data["new_password"]}


class Devices(ApiViewSet):
    """One's own log-ins only; somebody else's is 404."""

    serializer_class = DeviceSerializer
    filter_backends: list = []
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return DeviceToken.objects.none()
        return DeviceToken.objects.filter(user=self.request.user).order_by("-created")

    @extend_schema(operation_id="auth_tokens_list", summary="我的登录设备")
    def list(self, request):
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(operation_id="auth_tokens_revoke", summary="让一台设备退出登录", responses={204: None})
    def destroy(self, request, id):
        gone, _by_model = self.get_queryset().filter(public_id=id).delete()
        if not gone:
            raise Http404
        return Response(status=204)
