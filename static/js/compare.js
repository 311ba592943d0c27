/* Two texts side by side, and a choice between them: this browser's and the server's. */
(function () {
  "use strict";

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  /* The words a person knows the field by: 建议 第 2 条, 案由. */
  function nameOf(form, name) {
    const row = name.match(/^(.+)-(\d+)-/);
    const control = Array.from(form.elements).find((one) => one.name === name);
    const field = control && control.closest(".field");
    const label = field && field.querySelector(".field__label");
    const caption = label ? label.firstChild.textContent.trim() : name;
    return row ? caption + "（第 " + (Number(row[2]) + 1) + " 条）" : caption;
  }

  /* What the person saw, not the value that is sent. */
  function wordsOf(form, name, values) {
    const controls = Array.from(form.elements).filter((one) => one.name === name);
    const words = (values || []).map((value) => {
      const chosen = controls.find((one) => one.value === value && /checkbox|radio/.test(one.type));
      const option = controls
        .filter((one) => one.options)
        .map((one) => Array.from(one.options).find((option) => option.value === value))[0];
      if (chosen && chosen.labels.length) return chosen.labels[0].textContent.trim();
      return option ? option.textContent.trim() : value;
    });
    return words.join("\n") || "（空）";
  }

  function table(form, names, mine, theirs, titles) {
    const grid = element("div", "compare");
    names.forEach((name) => {
      grid.appendChild(element("p", "compare__field", nameOf(form, name)));
      grid.appendChild(element("p", "compare__head", titles[0]));
      grid.appendChild(element("p", "compare__head", titles[1]));
      [mine, theirs].forEach((fields) => {
        const text = element("div", "compare__text", wordsOf(form, name, fields[name]));
        text.tabIndex = 0;
        text.setAttribute("role", "group");
        text.setAttribute("aria-label", nameOf(form, name));
        grid.appendChild(text);
      });
    });
    return grid;
  }

  function choices(labels, choose) {
    const row = element("div", "actions");
    labels.forEach((label, place) => {
      const button = element("button", "button" + (place ? "" : " button--primary"), label);
      button.type = "button";
      button.addEventListener("click", () => choose(place === 0));
      row.appendChild(button);
    });
    return row;
  }

  /* Resolves to true for the first choice (mine), false for the second (theirs). */
  Portal.compare = function (form, settings) {
    const dialog = element("div", "dialog dialog--wide");
    const box = element("div", "dialog__box");
    const title = element("h2", "", settings.title);
    const written = settings.names.filter((name) => !name.endsWith("_FORMS"));
    title.id = "compare-title";
    dialog.hidden = true;
    dialog.setAttribute("role", "dialog");
    dialog.setAttribute("aria-modal", "true");
    dialog.setAttribute("aria-labelledby", title.id);
    box.appendChild(title);
    box.appendChild(element("p", "", settings.text));
    box.appendChild(table(form, written, settings.mine, settings.theirs, settings.titles));
    dialog.appendChild(box);
    document.body.appendChild(dialog);
    return new Promise((resolve) => {
      const choose = (mine) => {
        Portal.closeDialog(dialog);
        dialog.remove();
        resolve(mine);
      };
      box.appendChild(choices(settings.labels, choose));
      Portal.openDialog(dialog, { must: true });
    });
  };
})();
