/* Dialogs: opened by [data-opens=id], closed by [data-closes] or Escape; focus stays inside and returns. */
(function () {
  "use strict";

  const CONTROLS =
    'a[href], button:not([disabled]), input:not([type="hidden"]):not([disabled]), ' +
    'select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';
  const open = [];

  function controls(dialog) {
    return Array.from(dialog.querySelectorAll(CONTROLS)).filter((one) => one.offsetParent !== null);
  }

  function top() {
    return open[open.length - 1];
  }

  /* `settings.must`: no way out but the dialog's own buttons. */
  Portal.openDialog = function (dialog, settings) {
    if (!dialog || open.some((one) => one.dialog === dialog)) return;
    open.push({ dialog, from: document.activeElement, must: Boolean(settings && settings.must) });
    dialog.hidden = false;
    document.documentElement.classList.add("dialog-open");
    const wanted = dialog.querySelector("[autofocus]");
    const box = dialog.querySelector(".dialog__box") || dialog;
    (wanted || controls(dialog)[0] || box).focus();
  };

  Portal.closeDialog = function (dialog) {
    const place = open.findIndex((one) => one.dialog === dialog);
    if (place < 0) return;
    const closed = open.splice(place, 1)[0];
    dialog.hidden = true;
    document.documentElement.classList.toggle("dialog-open", open.length > 0);
    if (closed.from && closed.from.isConnected) closed.from.focus();
    dialog.dispatchEvent(new CustomEvent("portal:closed"));
  };

  function keepInside(event, dialog) {
    const all = controls(dialog);
    if (!all.length) return;
    const first = all[0];
    const last = all[all.length - 1];
    const outside = !dialog.contains(document.activeElement);
    if (event.shiftKey && (outside || document.activeElement === first)) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && (outside || document.activeElement === last)) {
      event.preventDefault();
      first.focus();
    }
  }

  document.addEventListener("keydown", (event) => {
    const now = top();
    if (!now) return;
    if (event.key === "Tab") keepInside(event, now.dialog);
    if (event.key === "Escape" && !now.must) Portal.closeDialog(now.dialog);
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog) {
        event.preventDefault();
        Portal.openDialog(dialog);
      }
    } else if (closer) {
      Portal.closeDialog(closer.closest(".dialog"));
    }
  });
})();
