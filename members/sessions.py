"""Sessions in the database, as Django keeps them; the statement that reads one, first of every request, is built once."""

from datetime import UTC, datetime

from django.contrib.sessions.backends import db
from django.utils import timezone

from .prepared import Prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        rows = OF_KEY.rows(key=self.session_key, now=timezone.now()) if self.session_key else []
        if rows:
            return self.model(self.session_key, *rows[0])
        self._session_key = None
        return None


def _statement(key: str, now: datetime):
    found = SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now).order_by()
    return found.values_list("session_data", "expire_date")


OF_KEY = Prepared(_statement, key="-", now=datetime(1970, 1, 1, tzinfo=UTC))
