"""The filters of the two lists: what one received, and what one's body issued."""

import django_filters as filters
from django.db.models import Q

from announcements.kinds import Priority
from announcements.models import Announcement, Recipient
from announcements.querysets import words_in
from announcements.states import State
from members.periods import today

UNREAD, TO_SIGN, LIVE, OVER = "unread", "to_sign", "live", "over"
LOOKS = [(UNREAD, "未读"), (TO_SIGN, "待签收"), (LIVE, "有效期内"), (OVER, "已过期或撤回")]


class ReceivedFilter(filters.FilterSet):
    q = filters.CharFilter(label="标题或正文里的词", method="by_words", max_length=40)
    show = filters.ChoiceFilter(label="范围", choices=LOOKS, method="by_look", empty_label="全部")
    priority = filters.ChoiceFilter(
        label="重要程度", field_name="announcement__priority", choices=Priority.choices, empty_label="不限"
    )

    class Meta:
        model = Recipient
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        return rows.filter(words_in(value, "announcement__"), announcement__state=State.PUBLISHED)

    def by_look(self, rows, name, value: str):
        published = Q(announcement__state=State.PUBLISHED)
        if value == UNREAD:
            return rows.filter(published, read_at=None)
        if value == TO_SIGN:
            return rows.filter(published, announcement__receipt_required=True, signed_at=None)
        return rows.live(today()) if value == LIVE else rows.exclude(pk__in=rows.live(today()).order_by().values("pk"))


class IssuedFilter(filters.FilterSet):
    q = filters.CharFilter(label="标题或正文里的词", method="by_words", max_length=40)
    state = filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部状态")
    priority = filters.ChoiceFilter(label="重要程度", choices=Priority.choices, empty_label="不限")

    class Meta:
        model = Announcement
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        return rows.matching(value)
