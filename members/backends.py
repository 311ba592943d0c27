"""Log in by account or phone; rights follow from the posts of the day."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import Q

from . import accounts
from .permissions import permissions_of
from .posts import kept_with_posts, posts_of


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
        user = accounts.account(user_id)
        return user if user and self.user_can_authenticate(user) else None

    def get_user_permissions(self, user_obj, obj=None):
        if not _is_plain(user_obj, obj):
            return super().get_user_permissions(user_obj, obj)
        return accounts.kept_rights(user_obj, "_user_perm_cache", accounts.OWN_RIGHTS)

    def get_group_permissions(self, user_obj, obj=None):
        if not _is_plain(user_obj, obj):
            return super().get_group_permissions(user_obj, obj)
        return accounts.kept_rights(user_obj, "_group_perm_cache", accounts.RIGHTS_BY_GROUP)

    def get_all_permissions(self, user_obj, obj=None):
        own, by_posts = self._rights(user_obj, obj)
        return own | by_posts

    def has_perm(self, user_obj, perm, obj=None):
        """Asked hundreds of times for a page of the admin: joining the two sets each time took longer than the rest."""
        return any(perm in rights for rights in self._rights(user_obj, obj))

    def has_module_perms(self, user_obj, app_label):
        own, _by_posts = self._rights(user_obj)
        return any(perm.startswith(f"{app_label}.") for perm in own) or app_label in _apps_by_posts(user_obj, None)

    def _rights(self, user_obj, obj=None):
        """What the account and its groups hold, and what follows from its posts."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set(), frozenset()
        return super().get_all_permissions(user_obj), _by_posts(user_obj, None)


def _is_plain(user, obj) -> bool:
    """Neither nobody, nor a closed account, nor one that may do everything, nor asked about one row."""
    return user.is_active and not user.is_anonymous and not user.is_superuser and obj is None


@kept_with_posts
def _by_posts(user, _model) -> frozenset[str]:
    return frozenset(permissions_of(posts_of(user)))


@kept_with_posts
def _apps_by_posts(user, _model) -> frozenset[str]:
    return frozenset(perm.partition(".")[0] for perm in _by_posts(user, None))
