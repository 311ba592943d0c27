/* Rows of a formset: add, remove (with undo), move up and down, all by buttons.
   Rows of a plain formset are renumbered in the order of the page; rows with an ORDER field keep their
   number and get their place in ORDER, rows with a DELETE box are ticked instead of taken out. */
(function () {
  "use strict";

  function Rows(box) {
    const prefix = box.dataset.rows;
    const noun = box.dataset.noun;
    const list = box.querySelector(".rows__list");
    const template = box.querySelector("template[data-row]");
    const status = box.querySelector("[data-rows-status]");
    const total = box.querySelector("[name='" + prefix + "-TOTAL_FORMS']");
    const initial = box.querySelector("[name='" + prefix + "-INITIAL_FORMS']");
    const numbered = new RegExp(prefix + "-(\\d+|__prefix__)-", "g");

    function rows() {
      return Array.from(list.children).filter((row) => row.matches(".rows__row") && !row.hidden);
    }

    function part(row, name) {
      return row.querySelector("[name$='-" + name + "']");
    }

    function renumber(row, index) {
      row.querySelectorAll("[name], [id], [for], [aria-describedby]").forEach((one) => {
        ["name", "id", "for", "aria-describedby"].forEach((attribute) => {
          const value = one.getAttribute(attribute);
          if (value) one.setAttribute(attribute, value.replace(numbered, prefix + "-" + index + "-"));
        });
      });
      row.querySelectorAll("[data-move]").forEach((button) => (button.value = index));
    }

    function settle() {
      const all = rows();
      const kept = all.some((row) => part(row, "ORDER"));
      all.forEach((row, index) => {
        row.querySelectorAll("[data-number]").forEach((one) => (one.textContent = index + 1));
        row.querySelector("[data-move=up]").disabled = index === 0;
        row.querySelector("[data-move=down]").disabled = index === all.length - 1;
        if (kept) part(row, "ORDER").value = index + 1;
        else renumber(row, index);
      });
      if (!kept) {
        total.value = all.length;
        initial.value = Math.min(Number(initial.value), all.length);
      }
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function add() {
      const row = document.importNode(template.content, true).firstElementChild;
      renumber(row, Number(total.value));
      total.value = Number(total.value) + 1;
      list.appendChild(row);
      Portal.prepareFields(row);
      settle();
      return row;
    }

    function move(row, button) {
      const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (button.dataset.move === "up") list.insertBefore(row, other);
      else list.insertBefore(other, row);
      settle();
      const again = button.disabled ? row.querySelector("[data-move]:not([disabled])") : button;
      if (again) again.focus();
      status.textContent = "已移到第 " + (rows().indexOf(row) + 1) + " " + noun;
    }

    function offerUndo(row, place, mark) {
      const bar = document.createElement("p");
      const back = document.createElement("button");
      bar.className = "rows__undo notice";
      bar.textContent = "已删除第 " + (place + 1) + " " + noun + "。";
      back.type = "button";
      back.className = "button button--small";
      back.textContent = "撤销";
      bar.appendChild(back);
      back.addEventListener("click", () => {
        bar.remove();
        if (mark) mark.checked = row.hidden = false;
        else list.insertBefore(row, rows()[place] || null);
        settle();
        row.querySelector("textarea, input:not([type=hidden])").focus();
      });
      box.querySelectorAll(".rows__undo").forEach((old) => old.remove());
      list.insertAdjacentElement("afterend", bar);
      back.focus();
    }

    function remove(row) {
      const place = rows().indexOf(row);
      const mark = part(row, "DELETE");
      if (mark) mark.checked = row.hidden = true;
      else row.remove();
      settle();
      offerUndo(row, place, mark);
      status.textContent = "已删除第 " + (place + 1) + " " + noun;
    }

    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || button.closest(".rows__undo")) return;
      const row = button.closest(".rows__row");
      if (!row && button.name !== "add_" + prefix) return;
      event.preventDefault();
      if (!row) add().querySelector("textarea, input:not([type=hidden])").focus();
      else if (button.dataset.move === "remove") remove(row);
      else move(row, button);
    });

    /* Used when a kept text has more or fewer rows than the page. */
    this.resize = function (wanted) {
      while (rows().length < wanted) add();
      rows()
        .slice(wanted)
        .forEach((row) => row.remove());
      settle();
    };
    this.prefix = prefix;
    rows().length && settle();
  }

  const all = Array.from(document.querySelectorAll("[data-rows]")).map((box) => new Rows(box));

  Portal.resizeRows = function (prefix, wanted) {
    all.filter((rows) => rows.prefix === prefix).forEach((rows) => rows.resize(wanted));
  };
})();
