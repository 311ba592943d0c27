/* What the server found in a saved text (marks of secrecy) is said above the form, in [data-warnings].
   Comes with the event autosave:saved of autosave.js; speaks only when something new was found. */
(function () {
  "use strict";

  const box = document.querySelector("[data-warnings]");
  if (!box) return;
  const list = box.querySelector("[data-warnings-list]");

  function line(warning) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = warning.at;
    link.textContent = warning.text;
    item.appendChild(link);
    return item;
  }

  document.addEventListener("autosave:saved", (event) => {
    const warnings = event.detail.warnings;
    if (!warnings) return;
    const now = warnings.map((one) => one.text).join("\n");
    if (now === Array.from(list.children).map((item) => item.textContent).join("\n")) return;
    list.textContent = "";
    warnings.forEach((one) => list.appendChild(line(one)));
    box.hidden = !warnings.length;
  });
})();
