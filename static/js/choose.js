/* Lists of boxes: a search by name, number or pinyin, the names of what is chosen, a limit on how many.
   Without JavaScript the list is simply long, and the server checks the number. */
(function () {
  "use strict";

  function Choose(box) {
    const single = Boolean(box.querySelector("input[type=radio]"));
    const most = Number(box.dataset.most || 0);
    const find = box.querySelector("input[type=search]");
    const told = box.querySelector("[data-choose-chosen]");
    const options = Array.from(box.querySelectorAll("label[data-keys]"));
    const groups = Array.from(box.querySelectorAll("[data-choose-group]"));

    function tick(option) {
      return option.querySelector("input");
    }

    function chosen() {
      return options.filter((option) => tick(option).checked);
    }

    function nameOf(option) {
      return option.querySelector("span").firstChild.textContent.trim();
    }

    function tell() {
      const names = chosen().map(nameOf);
      const full = most && names.length >= most;
      options.forEach((option) => (tick(option).disabled = full && !tick(option).checked));
      if (!names.length) return (told.textContent = "还没有选。");
      const end = full ? "。已选满，先去掉一个才能换。" : "";
      told.textContent = "已选" + (single ? "" : " " + names.length) + "：" + names.join("、") + end;
    }

    function matches(option, text) {
      const keys = option.dataset.keys.split(" ");
      return keys[0].includes(text) || keys.slice(1).some((key) => key.startsWith(text) || key.includes(text));
    }

    function look() {
      const text = find.value.trim().toLowerCase().replace(/\s/g, "");
      options.forEach((option) => (option.hidden = Boolean(text) && !matches(option, text)));
      groups.forEach((group) => {
        const found = group.querySelectorAll("label[data-keys]:not([hidden])").length;
        group.hidden = !found;
        if (text && found && "open" in group) group.open = true;
      });
    }

    box.addEventListener("change", (event) => event.target !== find && tell());
    if (find) {
      const holder = find.closest("[data-choose-find]");
      if (holder) holder.hidden = false;
      find.addEventListener("input", look);
      find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
      /* Typing in the search is no change of the text that is saved. */
      ["input", "change"].forEach((kind) => find.addEventListener(kind, (event) => event.stopPropagation()));
      look();
    }
    tell();
  }

  document.querySelectorAll("[data-choose]").forEach((box) => new Choose(box));
})();
