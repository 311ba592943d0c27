"""What every view of the API is: strict about parameters, once for each Idempotency-Key, never cached."""

from functools import partial

from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from . import idempotency
from .paging import Pages
from .parameters import Parameter, refuse_unknown


class Conventions:
    """Mixed into every view. `parameters` says what a view reads from the address besides pages and filters."""

    parameters: dict[str, Parameter] = {}
    idempotent = True

    def dispatch(self, request, *args, **kwargs):
        if self.idempotent and hasattr(self, "post"):
            self.post = partial(idempotency.once, self, self.post)
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        refuse_unknown(request, self.known_parameters() if request.method in ("GET", "HEAD") else set())

    def known_parameters(self) -> set[str]:
        action = getattr(self, "action", None)
        return {name for name, given in self.parameters.items() if not given.actions or action in given.actions}

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ApiView(Conventions, APIView):
    pass


class ApiViewSet(Conventions, GenericViewSet):
    """`paged` names the actions that answer with pages, `filtered` those whose rows can be filtered."""

    pagination_class = Pages
    paged: tuple[str, ...] = ("list",)
    filtered: tuple[str, ...] = ("list",)

    def known_parameters(self) -> set[str]:
        known = super().known_parameters()
        if self.action in self.paged and self.paginator is not None:
            known |= set(self.paginator.parameters)
        if self.action in self.filtered and getattr(self, "filterset_class", None):
            known |= set(self.filterset_class.base_filters)
        return known
