"""What the robots of 企业微信 and 钉钉 have in common: a text into one group, and an answer with an `errcode`."""

import json

from django.conf import settings

from notices import texts
from notices.models import Delivery

from . import http, pace
from .answers import Busy, Down

JSON = {"Content-Type": "application/json; charset=utf-8"}
GROUP = "工作群"


def post(robot: str, label: str, url: str, delivery: Delivery) -> None:
    """Write the message into the robot's group; raises one of `answers`.

    The name of whoever is meant stands in the text; no telephone number leaves the house for it.
    """
    if wait := pace.take(robot, settings.ROBOT_PER_MINUTE):
        raise Busy("已到本系统的发送上限", wait)
    body = json.dumps({"msgtype": "text", "text": {"content": texts.robot_text(delivery)}}, ensure_ascii=False)
    try:
        answer = http.post(url, body.encode(), JSON)
        if answer.get("errcode") != 0:
            raise Down(f"{label}：errcode {str(answer.get('errcode'))[:20]}")
    except Down:
        pace.rest(robot)
        raise
