/* 长辈版 and dark mode without leaving the page, so that nothing half written is lost. */
(function () {
  "use strict";

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = Portal.pressedIn(form);
    if (!form.matches("[data-display]") || !button) return;
    event.preventDefault();
    const body = new FormData(form);
    body.set(button.name, button.value);
    Portal.send(form.action, { body }).then((answer) => {
      if (!answer.ok) return Portal.submit(form, button);
      document.documentElement.dataset[button.name] = button.value;
      const other = Array.from(form.elements).find((one) => one.name === button.name && one.offsetParent);
      if (other) other.focus();
    });
  });
})();
