"""What a person does at a desk: log in, read who has a case, take what waits, press a button."""

import re
from contextlib import contextmanager

PASSWORD = "Begonia-2026-xp"
WITHOUT_SPACES = "(one) => Array.from(one.childNodes).map((n) => n.textContent).join('').replace(/\\s+/g, '')"
# The words of a button or link that are seen; what is only spoken belongs to the other ears.
SEEN = """(all) => all.map((one) => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll(".visually-hidden").forEach((hidden) => hidden.remove());
  return copy.textContent.trim();
})"""


class Desk:
    """A browser page, and the address of the portal."""

    def __init__(self, page, address: str, user=None):
        self.page, self.address, self.user = page, address, user
        self.complaints: list[str] = []
        page.on("console", lambda line: line.type == "error" and self.complaints.append(line.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(address) or self.complaints.append(asked.url))

    def go(self, path: str):
        return self.page.goto(self.address + path)

    def log_in(self, user) -> None:
        """Through the log-in page, as everybody does in the morning."""
        self.user = user
        self.go("/login/")
        self.page.fill("[name=username]", user.username)
        self.page.fill("[name=password]", PASSWORD)
        self.press("登录")
        self.page.wait_for_selector("h1:has-text('我的待办')")

    # --- reading ---
    def todo(self, title: str) -> list[str]:
        """What waits for this person in the case of that title."""
        self.go("/")
        mine = self.page.locator(f".tasks__link:has-text('{title}') .tasks__what")
        return mine.evaluate_all(SEEN)

    def sentence(self, case) -> str:
        """现在由谁办, as the case page says it, without spaces."""
        self.open(case)
        return self.page.locator(".holder > span").first.evaluate(WITHOUT_SPACES)

    def buttons(self, case) -> list[str]:
        """The acts this person may take on the case page, in their order."""
        self.open(case)
        return self.page.locator(".acts a.button").evaluate_all(SEEN)

    def told(self) -> str:
        """The page's message about what was just done."""
        return self.page.inner_text("main > .notice").strip()

    # --- doing ---
    def open(self, case) -> None:
        if not self.page.url.split("#")[0].endswith(case.get_absolute_url()):
            self.go(case.get_absolute_url())

    def take(self, title: str, what: str) -> None:
        """From the home page to what waits there."""
        if self.page.url != self.address + "/":
            self.go("/")
        self.page.click(f".tasks__link:has-text('{title}'):has-text('{what}')")

    def choose(self, label: str) -> None:
        """A link dressed as a button, by its seen words."""
        self.page.click(f"main a.button:text-is('{label}'), main a.button:has(span:text-matches('^{label}'))")

    def press(self, label: str) -> None:
        """A form's button; back when the next page is there."""
        with self.page.expect_navigation():
            self.page.click(f"main form button:has-text('{label}'):not([tabindex='-1'])")

    def fill(self, **fields) -> None:
        """By field name. Lists are labels of check boxes or of a multiple choice."""
        for name, value in fields.items():
            boxes = self.page.locator(f"main [name='{name}']:not([type=hidden])")
            kind = boxes.first.evaluate("(one) => one.type")
            if kind in ("radio", "checkbox"):
                self._tick(name, value)
            elif kind.startswith("select"):
                boxes.first.select_option(label=value)
            else:
                boxes.first.fill(value)

    def _tick(self, name: str, value) -> None:
        box = self.page.locator(f"[name='{name}']")
        if value is True:
            return box.check()
        for words in value if isinstance(value, list) else [value]:
            label = self.page.locator("main label").filter(has=box, has_text=re.compile(rf"^\s*{words}"))
            _unfold(label)
            label.locator("input").check()
        return None

    @contextmanager
    def quiet(self, but_for: str = "\0"):
        """Nothing is said in the console and nobody else's address is asked meanwhile."""
        self.complaints.clear()
        yield self
        assert [one for one in self.complaints if but_for not in one] == []


def _unfold(one) -> None:
    """Open the fold it stands in, if it is shut."""
    one.evaluate("(one) => { const fold = one.closest('details'); if (fold) fold.open = true; }")
