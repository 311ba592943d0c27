"""What an organization leaves open among the consultations, for its 撤并 (members.succession).

Nothing is moved: whoever stands in the place of a committee or a unit sees and does what it had (members.posts). Each topic's
timeline says since when that is.
"""

from django.db.models import Q

from members.models import Organization
from members.succession import Heir, Succession, of_body, register
from workflow.actors import SYSTEM
from workflow.engine import perform

from .acts import TopicAct
from .models import Recommendation, Topic
from .states import ItemState, TopicState


def _topics():
    return Topic.objects.filter(state__in=TopicState.OPEN)


def _led(body: Organization):
    return _topics().filter(of_body("lead", body))


def _helped(body: Organization):
    links = Topic.units.through.objects.filter(of_body("organization", body))
    return _topics().filter(pk__in=links.values("topic"))


def _asked(body: Organization):
    """Those of an outcome that is still being written too: they would be sent to a body that is gone."""
    return Recommendation.objects.filter(of_body("unit", body), state__in=ItemState.OPEN)


def _hand_over(succession: Succession) -> None:
    old = succession.old
    asked = _topics().filter(pk__in=_asked(old).order_by().values("topic"))
    keys = Q()
    for rows in (_led(old), _helped(old), asked):
        keys |= Q(pk__in=rows.order_by().values("pk"))
    for topic in Topic.objects.for_acting().filter(keys).order_by("pk"):
        perform(TopicAct.SUCCEED, topic, SYSTEM, {"succession": succession})


def register_own() -> None:
    matters = {
        "没有办结的协商议题": lambda body: _led(body).count(),
        "没有办结的协办议题": lambda body: _helped(body).count(),
        "没有办完的协商建议": lambda body: _asked(body).count(),
    }
    register(Heir(matters, _hand_over))
