"""A person without JavaScript: reads pages through Django's test client and sends only the forms it finds there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

INLINE = {"a", "b", "del", "em", "ins", "small", "span", "strong", "time"}


@dataclass
class Form:
    """A form of a page: what a browser would send when nothing is touched, and its buttons."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # label, name, value


class _Reader(HTMLParser):
    """Collects forms, visible text and links; what stands in <template> is not on the page."""

    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.text: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._form = self._area = self._select = self._button = self._link = None
        self._hidden = 0

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag in ("template", "script", "style"):
            self._hidden += 1
        if self._hidden:
            return
        if tag not in INLINE:
            self.text.append(" ")
        start = getattr(self, f"_start_{tag}", None)
        if start:
            start(given)

    def handle_endtag(self, tag):
        if tag in ("template", "script", "style"):
            self._hidden -= 1
        if self._hidden:
            return
        end = getattr(self, f"_end_{tag}", None)
        if end:
            end()

    def handle_data(self, data):
        if self._hidden:
            return
        for box in (self._area, self._button, self._link):
            if box is not None:
                box["text"] += data
        if self._area is None:
            self.text.append(data)

    def _start_form(self, given):
        self._form = Form(given.get("action", ""), given.get("method", "get").lower())
        self.forms.append(self._form)

    def _end_form(self):
        self._form = None

    def _start_input(self, given):
        name, kind = given.get("name"), given.get("type", "text")
        if self._form is None or not name or "disabled" in given:
            return
        self._form.names.add(name)
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self._form.values.append((name, given.get("value", "on")))
        elif kind != "file":
            self._form.values.append((name, given.get("value", "")))

    def _start_textarea(self, given):
        self._area = {"name": given.get("name", ""), "text": ""}

    def _end_textarea(self):
        if self._form is not None:
            # Browsers drop the first line end of a textarea.
            self._form.names.add(self._area["name"])
            self._form.values.append((self._area["name"], self._area["text"].removeprefix("\n")))
        self._area = None

    def _start_select(self, given):
        self._select = {"name": given.get("name", ""), "many": "multiple" in given, "first": None, "chosen": []}

    def _start_option(self, given):
        if self._select is None:
            return
        if self._select["first"] is None:
            self._select["first"] = given.get("value", "")
        if "selected" in given:
            self._select["chosen"].append(given.get("value", ""))

    def _end_select(self):
        box, self._select = self._select, None
        if self._form is None or not box["name"]:
            return
        self._form.names.add(box["name"])
        chosen = box["chosen"] or ([] if box["many"] or box["first"] is None else [box["first"]])
        self._form.values += [(box["name"], value) for value in chosen]

    def _start_button(self, given):
        self._button = {"text": "", **given}

    def _end_button(self):
        box, self._button = self._button, None
        if self._form is not None and box.get("type", "submit") == "submit":
            self._form.buttons.append((box["text"].strip(), box.get("name", ""), box.get("value", "")))

    def _start_a(self, given):
        self._link = {"text": "", "href": given.get("href", "")}

    def _end_a(self):
        box, self._link = self._link, None
        if box is not None:
            self.links.append((" ".join(box["text"].split()), box["href"]))


class Page:
    """An answer of the portal as a person sees it."""

    def __init__(self, browser: "Browser", response):
        self.browser, self.response, self.status = browser, response, response.status_code
        self.url = response.request["PATH_INFO"]
        reader = _Reader()
        reader.feed(response.content.decode())
        self.forms, self.links = reader.forms, reader.links
        self.text = " ".join("".join(reader.text).split())

    def form(self, label: str) -> Form:
        """The form with the button of that label."""
        return next(f for f in self.forms if any(text == label for text, _n, _v in f.buttons))

    def press(self, label: str, files=None, **fields) -> "Page":
        """Fill the form that has the button and press it. A list sets several values, None takes a field out."""
        form = self.form(label)
        data = _filled(form, fields)
        _text, name, value = next(button for button in form.buttons if button[0] == label)
        if name:
            data.setdefault(name, []).append(value)
        return self.browser.send(form, data, files or {}, self.url)

    def follow(self, label: str) -> "Page":
        """Follow the link with exactly that text."""
        return self.browser.go(urljoin(self.url, next(href for text, href in self.links if text == label)))

    def has_link(self, label: str) -> bool:
        return any(text == label for text, _href in self.links)

    def labels(self) -> list[str]:
        """The buttons of the page's own forms, display and log-out left out."""
        return [text for form in self.forms for text, _n, _v in form.buttons]


def _filled(form: Form, fields: dict) -> dict[str, list[str]]:
    missing = {name for name in fields if name not in form.names}
    assert not missing, f"the page has no field {missing}"
    data: dict[str, list[str]] = {}
    for name, value in form.values:
        data.setdefault(name, []).append(value)
    for name, value in fields.items():
        data[name] = [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]
    return data


class Browser:
    """One person at one computer."""

    def __init__(self, client, user=None):
        self.client = client
        if user is not None:
            client.force_login(user)

    def go(self, url: str) -> Page:
        return Page(self, self.client.get(url.split("#", maxsplit=1)[0], follow=True))

    def send(self, form: Form, data: dict, files: dict, here: str) -> Page:
        target = form.action or here
        if form.method == "get":
            return Page(self, self.client.get(target, data, follow=True))
        return Page(self, self.client.post(target, {**data, **files}, follow=True))
