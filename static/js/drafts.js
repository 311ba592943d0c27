/* What a form holds, and the copy of it this browser keeps until the server has it.
   Copies belong to one account and one form; logging out removes them all. */
(function () {
  "use strict";

  const MARK = "portal-draft:";
  const LEFT_OUT = ["csrfmiddlewaretoken", "version", "next"];

  Portal.drafts = {
    key: (form) => MARK + Portal.user + ":" + form.dataset.autosaveUrl,

    /* True when the copy is really kept; a full or forbidden store answers false. */
    keep(key, fields) {
      try {
        localStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), fields }));
        return true;
      } catch (refused) {
        return false;
      }
    },

    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch (broken) {
        return null;
      }
    },

    forget(key) {
      try {
        localStorage.removeItem(key);
      } catch (refused) {
        /* Nothing is kept then. */
      }
    },

    forgetAll() {
      try {
        Object.keys(localStorage)
          .filter((key) => key.startsWith(MARK))
          .forEach((key) => localStorage.removeItem(key));
      } catch (refused) {
        /* Nothing is kept then. */
      }
    },
  };

  /* {name: [values]} of everything a person writes or chooses; no files, no passwords. */
  Portal.snapshot = function (form) {
    const fields = {};
    const secret = Array.from(form.querySelectorAll("input[type=password]")).map((one) => one.name);
    new FormData(form).forEach((value, name) => {
      if (typeof value !== "string" || LEFT_OUT.includes(name) || secret.includes(name)) return;
      (fields[name] = fields[name] || []).push(value);
    });
    return fields;
  };

  /* The names whose values differ; `names` limits the comparison. Line ends do not count. */
  Portal.differences = function (one, other, names) {
    const text = (values) => (values || []).join("\n").replace(/\r\n/g, "\n");
    const all = names || Array.from(new Set(Object.keys(one).concat(Object.keys(other))));
    return all.filter((name) => text(one[name]) !== text(other[name]));
  };

  function put(control, values) {
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
    } else if (control.type === "select-multiple") {
      Array.from(control.options).forEach((option) => (option.selected = values.includes(option.value)));
    } else if (control.type !== "file") {
      control.value = values.length ? values[0] : "";
    }
  }

  /* Whether a field is written by hand; the ids of uploaded files are not. */
  Portal.written = function (form, name) {
    return !form.querySelector("[data-upload-name='" + name + "']");
  };

  /* Writes the values of these names back, adding or taking away rows first. */
  Portal.restore = function (form, fields, names) {
    names
      .filter((name) => name.endsWith("-TOTAL_FORMS") && fields[name])
      .forEach((name) => Portal.resizeRows(name.replace("-TOTAL_FORMS", ""), Number(fields[name][0])));
    Array.from(form.elements)
      .filter((control) => names.includes(control.name) && !control.name.endsWith("_FORMS"))
      .forEach((control) => put(control, fields[control.name] || []));
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-logout]") && !event.defaultPrevented) Portal.drafts.forgetAll();
  });
})();
