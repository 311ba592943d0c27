/* Small help while filling in: focus on the error summary, characters left, showing a password, growing texts. */
(function () {
  "use strict";

  /* A filter would fill a phone's first screen: it stands folded there. Wide screens have no fold. */
  const phone = matchMedia("(max-width: 767px)");
  function fold() {
    document.querySelectorAll("details[data-fold]").forEach((one) => (one.open = !phone.matches));
  }
  phone.addListener(fold);
  fold();

  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") || field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });

  function length(control) {
    return Array.from(control.value).length;
  }

  /* How long the text should be is counted over all long texts of the form, and never refused. */
  function guided(form, guide) {
    const all = Array.from(form.querySelectorAll("textarea")).reduce((sum, one) => sum + length(one), 0);
    const over = all - guide;
    const beyond = "比一般要求的 " + guide + " 字多 " + over + " 字，请尽量精简";
    return "全文 " + all + " 字，" + (over > 0 ? beyond : "一般不超过 " + guide + " 字");
  }

  function count(box) {
    const control = box.querySelector("input, textarea");
    const limit = Number(box.dataset.limit);
    const guide = Number(box.dataset.guide || 0);
    const shown = document.createElement("p");
    const spoken = document.createElement("p");
    let timer = 0;
    shown.className = "field__count";
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    control.insertAdjacentElement("afterend", shown);
    shown.insertAdjacentElement("afterend", spoken);

    function show() {
      const left = limit - length(control);
      const free = guide ? guided(control.form, guide) : "还可以写 " + left + " 字";
      shown.textContent = left < 0 ? "超出 " + -left + " 字，请删减" : free;
      shown.classList.toggle("field__count--over", left < 0);
    }
    (guide ? control.form : control).addEventListener("input", () => {
      show();
      clearTimeout(timer);
      timer = setTimeout(() => (spoken.textContent = shown.textContent), 1500);
    });
    show();
  }

  function reveal(input) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet button--small";
    button.textContent = "显示密码";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? "隐藏密码" : "显示密码";
      button.setAttribute("aria-pressed", String(hidden));
    });
    input.insertAdjacentElement("afterend", button);
  }

  /* A long text is seen whole; whoever pulls the corner decides alone from then on. */
  function grow(area) {
    let set = "";
    function fit() {
      if (area.style.height !== set || area.scrollHeight <= area.clientHeight) return;
      area.style.height = set = area.scrollHeight + 4 + "px";
    }
    area.addEventListener("input", fit);
    fit();
  }

  Portal.prepareFields = function (root) {
    root.querySelectorAll("textarea").forEach(grow);
    root.querySelectorAll(".field[data-limit]").forEach(count);
    root.querySelectorAll(".field input[type=password]").forEach(reveal);
  };
  Portal.prepareFields(document);
})();
