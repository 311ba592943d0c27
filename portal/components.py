"""Typed page fragments: a keyword-only signature declares the props, a template draws them.

    @component
    def state_badge(*, state: str, label: str, tone: Tone = "neutral"): ...

becomes `{% state_badge state="handling" label="办理中" tone="info" %}` and renders
templates/components/state_badge.html with its props, plus whatever the function returns as a dict.
A function whose first parameter is `content` becomes a block tag with an end tag. An unknown or
missing prop, or one of the wrong type, raises TemplateSyntaxError. docs/components.md lists them.
"""

import functools
import inspect
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from django.template import Library, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

TEXT = (str, Promise)
# Where isinstance says too much or too little.
KINDS: dict[Any, Callable[[Any], bool]] = {
    Any: lambda value: True,
    object: lambda value: True,
    str: lambda value: isinstance(value, TEXT),
    int: lambda value: isinstance(value, int) and not isinstance(value, bool),
    Iterable: lambda value: isinstance(value, Iterable) and not isinstance(value, TEXT),
}

REQUIRED = inspect.Parameter.empty


@dataclass(frozen=True)
class Prop:
    name: str
    hint: Any
    default: Any

    @property
    def required(self) -> bool:
        return self.default is REQUIRED

    def __str__(self) -> str:
        kind = self.hint.__name__ if isinstance(self.hint, type) else str(self.hint)
        kind = kind.replace("typing.", "").replace("collections.abc.", "")
        return f"{self.name}: {kind}" + ("" if self.required else f" = {self.default!r}")


@dataclass(frozen=True)
class Component:
    name: str
    about: str
    props: tuple[Prop, ...]
    has_content: bool
    draw: Callable[..., SafeString]


class Components:
    """The tags of one template library, kept by name so that the style guide can list them."""

    def __init__(self, register: Library):
        self.register = register
        self.by_name: dict[str, Component] = {}

    def kept(self, function: Callable) -> Callable:
        """As a component, for a fragment that follows from a few short props alone: each is drawn once."""
        return self._declare(_declaration(function, _kept))

    def __call__(self, function: Callable) -> Callable:
        return self._declare(_declaration(function))

    def _declare(self, declared: Component) -> Callable:
        tag = self.register.simple_block_tag if declared.has_content else self.register.simple_tag
        tag(declared.draw, name=declared.name)
        self.by_name[declared.name] = declared
        return declared.draw


def _kept(draw: Callable) -> Callable:
    """A page shows some fifty icons, and drawing them took a quarter of its time."""
    known = functools.lru_cache(maxsize=1000, typed=True)(draw)

    @functools.wraps(draw)
    def drawn(**given: Any) -> SafeString:
        try:
            return known(**given)
        except TypeError:  # a prop that cannot be compared; `draw` says what is wrong with it
            return draw(**given)

    return drawn


def _declaration(function: Callable, keep: Callable = lambda draw: draw) -> Component:
    signature, hints = inspect.signature(function), get_type_hints(function)
    props = tuple(
        Prop(p.name, hints[p.name], p.default) for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY
    )

    @functools.wraps(function)
    def draw(*content: str, **given: Any) -> SafeString:
        _check(function.__name__, props, given)
        bound = signature.bind(*content, **given)
        bound.apply_defaults()
        extra = function(*bound.args, **bound.kwargs) or {}
        return render_to_string(f"components/{function.__name__}.html", {**bound.arguments, **extra})

    has_content = "content" in signature.parameters
    return Component(function.__name__, inspect.getdoc(function) or "", props, has_content, keep(draw))


def _check(name: str, props: tuple[Prop, ...], given: dict[str, Any]) -> None:
    known = {prop.name: prop for prop in props}
    unknown = given.keys() - known.keys()
    missing = {prop.name for prop in props if prop.required} - given.keys()
    if unknown or missing:
        raise TemplateSyntaxError(f"{name}: unknown props {sorted(unknown)}, missing props {sorted(missing)}")
    for key, value in given.items():
        if not fits(value, known[key].hint):
            raise TemplateSyntaxError(f"{name}: {known[key]} does not accept {value!r}")


def fits(value: Any, hint: Any) -> bool:
    """Whether the value is of the declared type; element types of collections are not looked at."""
    origin = get_origin(hint)
    if origin is Literal:
        return value in get_args(hint)
    if origin in (Union, types.UnionType):
        return any(fits(value, choice) for choice in get_args(hint))
    kind = origin or hint
    return KINDS.get(kind, lambda given: isinstance(given, kind))(value)
