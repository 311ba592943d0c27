"""Who I am today."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from members import password_rules
from members.delegating import held
from members.models import Appointment, Member
from members.periods import today
from members.posts import posts_of
from xiping_cppcc.api.views import ApiView

from .serializers import MeSerializer


class Me(ApiView):
    @extend_schema(operation_id="me", summary="我的身份", responses=MeSerializer)
    def get(self, request):
        return Response(MeSerializer(_about(request.user)).data)


def _about(user) -> dict:
    person = user.person
    return {
        "id": user.pk,
        "username": user.username,
        "person_id": user.person_id,
        "name": str(user),
        "phone": person.masked_phone if person else "",
        "must_change_password": password_rules.must_change(user),
        "seat": _seat(person),
        "posts": _posts(person),
        "drafts_for": [grant.grantor for grant in held(user.person_id)],
        "duties": list(posts_of(user).duties),
    }


def _seat(person):
    return Member.objects.on(today()).filter(person=person).for_list().first() if person else None


def _posts(person):
    if person is None:
        return []
    return Appointment.objects.on(today()).filter(person=person).select_related("organization")
