"""Log in by account or phone; rights follow from the posts of the day."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import Q

from .permissions import permissions_of
from .posts import posts_of


class AppointmentBackend(ModelBackend):
    def authenticate(self, request, username=None, password=None, **kwargs):
        model = get_user_model()
        username = (username or kwargs.get(model.USERNAME_FIELD) or "").strip()
        if not username or password is None:
            return None
        found = model.objects.filter(Q(username=username) | Q(phone=username)).select_related("person")
        user = next((u for u in sorted(found, key=lambda u: u.username != username)), None)
        if user is None:
            model().set_password(password)  # the same time for unknown accounts
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

    def get_user(self, user_id):
        user = get_user_model().objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        return super().get_all_permissions(user_obj) | permissions_of(posts_of(user_obj))

    def has_perm(self, user_obj, perm, obj=None):
        return user_obj.is_active and perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj, app_label):
        return user_obj.is_active and any(
            perm.split(".")[0] == app_label for perm in self.get_all_permissions(user_obj)
        )
