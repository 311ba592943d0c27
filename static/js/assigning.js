/* The workbench of 交办: a row that is changed ticks itself, a proposed unit goes in at one press, and several units
   can be picked from the list one after another. Needs no JavaScript to work. */
(function () {
  "use strict";

  const BETWEEN = /[、,，;；\s]+/;

  function fieldsOf(row) {
    const [division, unit, others] = ["division_", "unit_", "others_"].map((name) =>
      row.querySelector("[name^=" + name + "]")
    );
    return { division, unit, others, tick: row.querySelector("input[name=rows]") };
  }

  function tick(row) {
    const box = fieldsOf(row).tick;
    if (!box.checked) {
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function take(row, name) {
    const { division, unit, others } = fieldsOf(row);
    const there = others.value.split(BETWEEN).filter(Boolean);
    if (unit.value !== name && !there.includes(name)) {
      if (!unit.value && division.value !== "separate") {
        unit.value = name;
      } else {
        others.value = there.concat(name).join("、");
        if (division.value === "sole") division.value = "lead";
      }
    }
    tick(row);
    unit.focus();
  }

  /* A browser's list completes the whole field: what stands before the last name goes before each entry. */
  function several(field) {
    const all = Array.from(document.getElementById(field.dataset.several).options);
    const list = document.createElement("datalist");
    list.id = field.id + "_list";
    field.after(list);
    field.setAttribute("list", list.id);
    function fill() {
      const parts = field.value.split(BETWEEN);
      const before = parts.slice(0, -1).filter(Boolean);
      const start = before.length ? before.join("、") + "、" : "";
      list.textContent = "";
      all.forEach((one) => {
        if (before.includes(one.value)) return;
        const entry = document.createElement("option");
        entry.value = start + one.value;
        entry.textContent = one.textContent;
        list.append(entry);
      });
    }
    field.addEventListener("focus", fill);
    field.addEventListener("input", fill);
  }

  document.querySelectorAll(".handing__row").forEach((row) => {
    row.querySelectorAll(".handing__choice input, .handing__choice select").forEach((field) => {
      field.addEventListener("change", () => tick(row));
    });
    row.querySelectorAll("[data-take]").forEach((button) => {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        take(row, button.dataset.take);
      });
    });
  });
  document.querySelectorAll("[data-several]").forEach(several);
})();
