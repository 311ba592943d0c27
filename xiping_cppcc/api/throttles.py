"""How often a caller may ask. Over it: 429 with Retry-After."""

from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle


class PerUser(SimpleRateThrottle):
    """Counts a person's requests over all devices; those who have not logged in by their address."""

    scope = "user"

    def get_cache_key(self, request, view):
        ident = request.user.pk if request.user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


class PerScope(ScopedRateThrottle):
    """A tighter bound of one view, named by its `throttle_scope`."""
