"""The directory as it leaves the portal: members cannot declare it, they stand below. Never a telephone number.

A whole number is shown one at a time, counted and noted (members.privacy.reveals); a file must not be the way around.
"""

from members.privacy import consent
from workflow.errors import NotAllowed

from . import lists
from .lists import Column, Found, words_of


def _post(one) -> str:
    return f"{one.organization.name}{one.title or one.get_post_display()}"


PEOPLE = (
    Column("name", "姓名", lambda r: r.name, 12),
    Column("work", "工作单位、职务", lambda r: f"{r.employer} {r.position}".strip(), 36),
    Column("sector", "界别", lambda r: "、".join(str(seat.sector or "") for seat in r.seats_today), 18),
    Column("group", "委员组", lambda r: "、".join(str(seat.group or "") for seat in r.seats_today), 20),
    Column("seat", "席位", lambda r: "、".join(seat.get_seat_kind_display() for seat in r.seats_today), 12),
    Column("posts", "政协任职", lambda r: "、".join(_post(one) for one in r.posts_today), 36),
)


def people(user, asked) -> Found:
    from members.views.directory import population

    if user.person is None or not consent.has_agreed(user.person):
        raise NotAllowed("请先阅读并同意个人信息保护说明。", "请打开“通讯录”页面，同意后再导出。")
    found, rows = population(user, asked)
    return Found(rows, words_of(found.form, asked))


def register_own() -> None:
    lists.register("directory", "通讯录", PEOPLE, people, unit="人", for_units=False)
