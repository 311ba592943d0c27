"""Who may use the API at all."""

from rest_framework.permissions import IsAuthenticated

from members import password_rules, second_factor
from members.models import DeviceToken
from xiping_cppcc.api.problems import Problem


class OwnPassword(IsAuthenticated):
    """Logged in, with a password of one's own: a one-time password only opens its own change.

    A device that logged in before the second factor was required waits until it is set up.
    """

    def has_permission(self, request, view) -> bool:
        if not super().has_permission(request, view):
            return False
        if password_rules.must_change(request.user):
            raise Problem("password_change_required")
        if isinstance(request.auth, DeviceToken) and second_factor.is_missing(request.user):
            raise Problem("second_factor_setup")
        return True
