/* The list's check boxes: one to tick the whole page, and how many are ticked. Needs no JavaScript to work. */
(function () {
  "use strict";

  document.querySelectorAll("[data-mark-all]").forEach((bar) => {
    const form = bar.closest("form");
    const all = bar.querySelector("input[type=checkbox]");
    const told = form.querySelector("[data-marked]");
    const link = form.querySelector("[data-mark-link]");
    const rows = Array.from(form.querySelectorAll("input[name=rows]"));

    function tell() {
      const marked = rows.filter((row) => row.checked).length;
      all.checked = marked === rows.length;
      all.indeterminate = marked > 0 && marked < rows.length;
      told.textContent = marked ? "已勾选 " + marked + " 件" : "";
    }

    all.addEventListener("change", () => {
      rows.forEach((row) => (row.checked = all.checked));
      tell();
    });
    rows.forEach((row) => row.addEventListener("change", tell));
    window.addEventListener("pageshow", tell);
    bar.hidden = !rows.length;
    link.hidden = true;
    tell();
  });
})();
