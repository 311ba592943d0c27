"""提、立、办、督、评 from the log-in to the rating, through the API alone."""

from functools import cache

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from members.models import User
from proposals.models import Proposal
from workflow.models import Event

pytestmark = pytest.mark.django_db

PASSWORD = "夏天的风-2026"
V1 = "/api/v1"


class Person:
    """Somebody with a phone in hand: logs in, reads what may be done, does it."""

    def __init__(self, user: User):
        user.set_password(PASSWORD)
        user.save()
        self.client = APIClient()
        answer = self.client.post(
            f"{V1}/auth/login/", {"username": user.username, "password": PASSWORD, "device": "手机"}, format="json"
        )
        assert answer.status_code == 200, answer.json()
        self.client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")

    def get(self, path: str, **params) -> dict:
        answer = self.client.get(f"{V1}/{path}", params)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def act(self, case: str, act: str, **fields) -> dict | None:
        """Do an act that transitions/ offers, with the version that it tells."""
        offered = self.client.get(f"{V1}/{case}/transitions/")
        acts = {row["act"]: row for row in offered.json()["acts"]}
        assert acts[act]["blocked"] is None, acts[act]
        answer = self.client.post(
            f"{V1}/{case}/transitions/{act}/", fields, format="json", headers={"If-Match": offered["ETag"]}
        )
        assert answer.status_code in (200, 204), answer.json()
        return answer.json() if answer.content else None


@pytest.fixture
def someone(c):
    return cache(lambda name: Person(getattr(c, name)))


def test_whole_way(c, someone):
    proposal = _written(c, someone("author"))
    case = f"proposals/{proposal}"
    someone("author").act(case, "submit")
    someone("reviewer").act(case, "pre_review", recommendation="file", business_category=c.business.pk)
    someone("head").act(case, "file")
    someone("staff").act(case, "number")
    shown = someone("staff").act(case, "assign", division="sole", unit=c.unit.pk)
    share = f"assignments/{shown['shares'][0]['id']}"
    someone("operator").act(share, "sign_for")
    _contacted(someone("operator"), share)
    _replied(someone("operator"), share)
    someone("operator").act(share, "send_draft")
    someone("author").act(share, "comment_on_draft", comment="同意")
    someone("operator").act(share, "submit_reply")
    someone("leader").act(share, "sign_off")
    someone("dispatch").act(share, "check")
    someone("operator").act(share, "send")
    someone("author").act(share, "rate", attitude="satisfied", result="basically", contacted=True)
    assert someone("author").get(f"{case}/")["state_label"] == "办结"
    assert Event.objects.filter(case_id=proposal, door="api").count() == Event.objects.filter(case_id=proposal).count()
    assert [row["what"] for row in someone("author").get("me/todo/")["items"]] == []


def _written(c, author: Person) -> int:
    made = author.client.post(
        f"{V1}/proposals/", {"title": "关于增设公交站点的提案"}, format="json", headers={"Idempotency-Key": "a-1"}
    )
    assert made.status_code == 201, made.json()
    body = {
        "situation": "东风路沿线没有公交站点。", "suggestions": ["在东风路增设站点", "延长末班车时间"],
        "category": c.business.pk, "units": [c.unit.pk], "no_secrets": True, "own_work": True,
        "publish_consent": True,
    }  # fmt: skip
    assert [gap["field"] for gap in made.json()["missing"]] == [
        "situation", "suggestions", "category", "no_secrets", "own_work", "publish_consent",
    ]  # fmt: skip
    saved = author.client.patch(
        f"{V1}/proposals/{made.json()['id']}/", body, format="json", headers={"If-Match": made["ETag"]}
    )
    assert saved.status_code == 200, saved.json()
    assert saved.json()["missing"] == []
    return made.json()["id"]


def _contacted(operator: Person, share: str) -> None:
    operator.act(
        share, "log_contact", stage="before", method="visit", on=timezone.localdate().isoformat(),
        participants="提案人、经办人", content="听取意见。",
    )  # fmt: skip


def _replied(operator: Person, share: str) -> None:
    draft = operator.client.get(f"{V1}/{share}/reply/")
    assert (draft.json()["version"], draft["ETag"]) == (0, '"0"')
    suggestions = Proposal.objects.get().suggestions.values_list("pk", flat=True)
    body = {
        "body": "您提出的提案收悉，现答复如下。", "result_class": "A", "handler_name": "吴小兰",
        "answers": [{"suggestion": pk, "verdict": "adopted", "text": "已采纳。"} for pk in suggestions],
    }  # fmt: skip
    saved = operator.client.put(f"{V1}/{share}/reply/", body, format="json", headers={"If-Match": draft["ETag"]})
    assert saved.status_code == 200, saved.json()
    assert [answer["verdict"] for answer in saved.json()["answers"]] == ["adopted", "adopted"]


def test_joint_proposal(c, someone):
    proposal = _written(c, someone("author"))
    closes = (timezone.localtime() + timezone.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    someone("author").act(
        f"proposals/{proposal}", "invite", persons=[c.cosigner.person_id, c.invitee.person_id], closes_at=closes
    )
    mine = someone("cosigner").get("cosignatures/", mine="true")["results"]
    assert [row["proposal"]["id"] for row in mine] == [proposal]
    someone("cosigner").act(f"cosignatures/{mine[0]['id']}", "agree")
    someone("author").act(f"proposals/{proposal}", "submit")
    assert someone("cosigner").get(f"proposals/{proposal}/")["cosigners"] == ["李素芬"]


def test_second_round_and_reopening(c, someone):
    """不满意 by the API opens the next round of the same share."""
    from tests.factories import county as make

    mine = make.replied(c, make.signed(c))
    refused = someone("author").client.post(
        f"{V1}/assignments/{mine.pk}/transitions/rate/",
        {"attitude": "dissatisfied", "result": "satisfied"}, format="json",
    )  # fmt: skip
    assert (refused.status_code, refused.json()["errors"]) == (
        400,
        [{"pointer": "/reason", "detail": "评为不满意的，请写明理由，以便承办单位改进。"}],
    )
    shown = someone("author").act(
        f"assignments/{mine.pk}", "rate", attitude="dissatisfied", result="satisfied", reason="没有回音"
    )
    assert (shown["state"], shown["round"]) == ("handling", 2)


def test_return_takes_the_case_out_of_the_units_sight(c, someone):
    from tests.factories import county as make

    mine = make.share(make.assigned(c), c.unit)
    someone("operator").act(
        f"assignments/{mine.pk}", "request_return", suggested_unit=c.third_unit.pk, reason="不属本单位职责"
    )
    someone("dispatch").act(f"assignments/{mine.pk}", "approve_return", new_unit=c.third_unit.pk)
    gone = someone("operator").client.get(f"{V1}/assignments/{mine.pk}/")
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")
