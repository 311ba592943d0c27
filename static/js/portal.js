/* What the other scripts share: asking the server, submitting a held form, telling the person.
   Written for browsers of the age of Chromium 80 (ES2019). Every page works without these files. */
(function () {
  "use strict";

  const Portal = (window.Portal = {});
  const LIMIT_MS = 15000;

  Portal.user = document.body.dataset.user || "";
  Portal.sessionUrl = document.body.dataset.sessionUrl;

  function tokenInputs() {
    return Array.from(document.querySelectorAll("input[name=csrfmiddlewaretoken]"));
  }

  Portal.token = function () {
    const input = tokenInputs()[0];
    return input ? input.value : "";
  };

  /* Logging in changes the token; forms that stood open get the new one. */
  Portal.renewToken = function (value) {
    tokenInputs().forEach((input) => (input.value = value));
  };

  function atLogin(response) {
    const form = document.querySelector("form[data-relogin]");
    const login = form ? new URL(form.action).pathname : "/login/";
    return response.redirected && new URL(response.url).pathname === login;
  }

  function read(response) {
    const json = (response.headers.get("Content-Type") || "").includes("json");
    const answer = { status: response.status, ok: response.ok, expired: false, offline: false, data: {} };
    answer.expired = response.status === 401 || atLogin(response);
    if (answer.expired) answer.ok = false;
    answer.json = json;
    if (!json) {
      /* A page instead of data: whatever it says, it does not confirm anything. */
      answer.ok = false;
      return answer;
    }
    return response.json().then((data) => Object.assign(answer, { data }));
  }

  function attempt(url, settings) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), settings.limit || LIMIT_MS);
    if (settings.body) settings.body.set("csrfmiddlewaretoken", Portal.token());
    return fetch(url, {
      method: settings.method || "POST",
      body: settings.body,
      keepalive: Boolean(settings.keepalive),
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        "X-CSRFToken": Portal.token(),
        "X-Requested-With": "XMLHttpRequest",
      },
      signal: stop.signal,
    })
      .then(read)
      .catch(() => ({ status: 0, ok: false, expired: false, offline: true, data: {} }))
      .then((answer) => {
        clearTimeout(timer);
        if (answer.ok) document.dispatchEvent(new CustomEvent("portal:answered"));
        return answer;
      });
  }

  /* A page with status 403 is Django's "token out of date", as after a log-in in another tab. */
  function withFreshToken(answer, url, settings) {
    return Portal.askSession().then((asked) => {
      if (asked.ok && !asked.expired) return attempt(url, settings);
      return Object.assign(answer, { expired: asked.expired, offline: asked.offline });
    });
  }

  /* Never rejects. Resolves to {ok, status, data, expired, offline}; ok only on the server's own JSON. */
  Portal.send = function (url, options) {
    const settings = options || {};
    return attempt(url, settings).then((answer) => {
      const stale = answer.status === 403 && !answer.json && !answer.expired;
      return stale ? withFreshToken(answer, url, settings) : answer;
    });
  };

  /* The button that sent a form, which browsers before Chromium 81 do not tell. */
  let pressed = null;
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button, input[type=submit]");
      pressed = button && button.type === "submit" ? button : null;
    },
    true
  );

  Portal.pressedIn = function (form) {
    return pressed && pressed.form === form ? pressed : null;
  };

  /* Send a form that was held back, as if the same button had been pressed. */
  Portal.submit = function (form, button) {
    if (button && button.name) {
      const value = document.createElement("input");
      value.type = "hidden";
      value.name = button.name;
      value.value = button.value;
      form.appendChild(value);
    }
    /* By attribute: a field named "action" or "method" would hide the form's own property. */
    if (button && button.hasAttribute("formaction")) form.setAttribute("action", button.formAction);
    HTMLFormElement.prototype.submit.call(form);
  };

  /* A sentence beside the buttons of a form, spoken at once; an empty one takes it away. */
  Portal.tell = function (form, sentence) {
    let box = form.querySelector("[data-told]");
    if (!box) {
      box = document.createElement("div");
      box.className = "notice notice--danger";
      box.setAttribute("role", "alert");
      box.dataset.told = "";
      form.appendChild(box);
    }
    box.textContent = sentence;
    box.hidden = !sentence;
    if (sentence) box.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = Portal.token();
  });

  /* A fragment that ended at the log-in page must not be drawn into this page. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const request = event.detail.xhr;
    const page = request.responseURL ? new URL(request.responseURL).pathname : "";
    if (request.status === 401 || page === "/login/") {
      event.detail.shouldSwap = false;
      Portal.relogin();
    }
  });
})();
