/* The desk of the review: keys for a hundred cases in a night, and a copy of what is being written.
   Every key presses a link or button of the page; without this file they are pressed by mouse. */
(function () {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const form = desk.querySelector("form[data-act]");
  const NAMES = { ArrowDown: "j", ArrowUp: "k", "？": "?" };

  function isWriting(target) {
    if (target.isContentEditable || target.matches("textarea, select")) return true;
    return target.matches("input") && !target.matches("[type=radio], [type=checkbox]");
  }

  function choose(key) {
    const options = form ? form.querySelectorAll("input[type=radio][name=recommendation]") : [];
    const option = options[Number(key) - 1];
    if (!option) return false;
    option.checked = true;
    option.focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  function press(key) {
    if (/^[1-4]$/.test(key) && choose(key)) return true;
    const button = desk.querySelector("[data-key='" + key + "']");
    if (button) button.click();
    return Boolean(button);
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey && event.key === "Enter" && target.form === form && form) {
      event.preventDefault();
      form.querySelector(".button--primary").click();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (document.querySelector(".dialog:not([hidden])") || isWriting(target)) return;
    const arrow = event.key.startsWith("Arrow");
    if (arrow && target.matches("input")) return;
    const key = NAMES[event.key] || (event.key.length === 1 ? event.key.toLowerCase() : "");
    if (/^[jkp?1-4]$/.test(key) && press(key)) event.preventDefault();
  });

  /* The open row stays in sight, the case is read from its heading. */
  const open = desk.querySelector("[data-open]");
  if (open) open.scrollIntoView({ block: "nearest" });
  const heading = desk.querySelector("[data-desk-case]");
  const errors = desk.querySelector("[data-error-summary]");
  const read = heading || desk.querySelector("[data-desk-empty]");
  if (read && !errors && !location.hash) read.focus({ preventScroll: true });

  /* What was written and not handed in is there again when the same version of the case is opened. */
  if (!form) return;
  const key = "portal-draft:" + Portal.user + ":review:" + form.dataset.keep;
  const kept = errors ? null : Portal.drafts.read(key);
  if (kept) Portal.restore(form, kept.fields, Object.keys(kept.fields));
  document.addEventListener("input", (event) => {
    if (event.target === form || event.target.form === form) Portal.drafts.keep(key, Portal.snapshot(form));
  });
  form.addEventListener("submit", () => Portal.drafts.keep(key, Portal.snapshot(form)));
})();
