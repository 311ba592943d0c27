/* Beside the similar cases: "填入" chooses what is suggested, where nothing else was chosen (saving does the rest);
   the list stays folded once it was folded, and begins so on a phone. */
(function () {
  "use strict";

  function told(text) {
    document.getElementById("similar-told").textContent = text;
  }

  function changed(control) {
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function select(control, value) {
    if (control.value && control.value !== value) return "您已经选了类别，没有改动。要换的，请在“类别”里重新选。";
    control.value = value;
    changed(control);
    return "已填入类别：" + control.selectedOptions[0].textContent.trim() + "。";
  }

  function tick(box) {
    if (!box) return "这个单位已经不能选了。";
    if (box.disabled) return "单位已选满，先去掉一个才能再选。";
    box.checked = true;
    changed(box);
    return "已加入建议承办单位：" + box.parentNode.textContent.trim() + "。";
  }

  function fill(button) {
    const form = button.closest("form");
    const name = button.dataset.fill;
    const value = button.dataset.value;
    if (name === "units") return tick(form.querySelector('input[name="units"][value="' + value + '"]'));
    return select(form.elements[name], value);
  }

  let shut = matchMedia("(max-width: 767px)").matches;

  document.addEventListener("htmx:afterSwap", () => {
    const list = document.querySelector("[data-similar-fold]");
    if (!list) return;
    list.open = !shut;
    list.addEventListener("toggle", () => (shut = !list.open));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    if (!button) return;
    const words = fill(button);
    told(words);
    if (words.startsWith("已")) button.firstElementChild.firstChild.textContent = "已填入";
  });
})();
