"""Everybody's posts of today, read once: whom a due date concerns."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from .models import Post
from .posts import COMMITTEE, Posts, everybodys_posts

DISPATCHING = (Post.HEAD, Post.STAFF)


class Everybody:
    """Ids of users with an open account. A post in a body is also one in the bodies merged into it (posts.py)."""

    def __init__(self):
        self._posts = everybodys_posts()
        self._by_post: dict[tuple, set[int]] = defaultdict(set)
        self._by_person: dict[int, int] = {}
        self._leaders: set[int] = set()
        self._offices: list[tuple[int, set[str]]] = []
        self.staff: set[int] = set()
        self._who: dict[Callable, set[int]] = {}
        for user_id, posts in self._posts.items():
            self._place(user_id, posts)

    def _place(self, user_id: int, posts: Posts) -> None:
        self._by_person[posts.person_id] = user_id
        for held in posts.held:
            self._by_post[held.organization_id, held.post].add(user_id)
            if held.code == COMMITTEE and held.post == Post.STAFF:
                self.staff.add(user_id)
        if posts.is_leader:
            self._leaders.add(posts.person_id)
        if any(held.kind == "dispatch" and held.post in DISPATCHING for held in posts.held):
            self._offices.append((user_id, posts.dispatch_systems()))

    def at(self, body_id: int | None, *posts: str) -> set[int]:
        """Who holds one of the posts in this body."""
        return set().union(*(self._by_post.get((body_id, post), ()) for post in posts))

    def who(self, does: Callable[[Posts], bool]) -> set[int]:
        """Whose posts make this true."""
        if does not in self._who:
            self._who[does] = {user_id for user_id, posts in self._posts.items() if does(posts)}
        return self._who[does]

    def persons(self, ids: Iterable[int | None]) -> set[int]:
        return {self._by_person[pk] for pk in ids if pk in self._by_person}

    def dispatch(self, system: str) -> set[int]:
        """Head and staff of the offices that answer for units of this system."""
        return {user for user, systems in self._offices if "" in systems or system in systems}

    def leading(self, ids: Iterable[int | None]) -> set[int]:
        """Of those who lead or supervise a case, the ones still in office."""
        return self.persons(pk for pk in ids if pk in self._leaders)
