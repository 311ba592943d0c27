/* The session's end: a warning two minutes before, a log-in over the page after it, and no form sent into
   a session that is gone. Protocol of GET /session/: {"user": name or null, "seconds": n, "csrf": token};
   POST of the log-in form with Accept: application/json answers the same, or 400 {"errors": {...}}. */
(function () {
  "use strict";

  const WARN_MS = 120000;
  /* The server notes activity once a minute; only after that minute is the session surely over. */
  const GRAIN_MS = 61000;
  const SHARED = "portal-session-until";
  const warning = document.getElementById("session-warning");
  const dialog = document.getElementById("relogin");
  const form = dialog && dialog.querySelector("form");
  let seconds = Number(document.body.dataset.sessionSeconds || 0);
  let timers = [];
  let waiting = null;

  /* Any answered request keeps the session alive, in every tab of this browser. */
  function renewed() {
    try {
      localStorage.setItem(SHARED, String(Date.now() + seconds * 1000));
    } catch (full) {
      /* Then the tabs warn each for itself. */
    }
    start(seconds * 1000);
  }

  function start(milliseconds) {
    timers.forEach(clearTimeout);
    Portal.closeDialog(warning);
    timers = [
      setTimeout(() => Portal.openDialog(warning), Math.max(0, milliseconds - WARN_MS)),
      setTimeout(ended, milliseconds + GRAIN_MS),
    ];
  }

  function ended() {
    Portal.closeDialog(warning);
    Portal.relogin();
  }

  /* Asks who is logged in; the answer's fresh token goes into every form. */
  Portal.askSession = function () {
    return Portal.send(Portal.sessionUrl, { method: "GET", limit: 8000 }).then((answer) => {
      if (answer.ok) {
        Portal.renewToken(answer.data.csrf);
        answer.expired = answer.data.user !== Portal.user;
        if (!answer.expired) seconds = answer.data.seconds;
      }
      return answer;
    });
  };

  /* Resolves to true once the same person is logged in again, to false when put off. */
  Portal.relogin = function () {
    if (!dialog) return Promise.resolve(false);
    if (!waiting) {
      Portal.openDialog(dialog);
      form.querySelector("input[type=password]").focus();
      waiting = new Promise((resolve) => (dialog.portalDone = resolve));
    }
    return waiting;
  };

  function finish(result) {
    const done = dialog.portalDone;
    waiting = null;
    Portal.closeDialog(dialog);
    if (done) done(result);
  }

  function refuse(sentence) {
    const box = form.querySelector("[data-relogin-error]");
    box.querySelector("p").textContent = sentence;
    box.hidden = !sentence;
  }

  function sentenceFor(answer) {
    if (answer.offline) return "连不上服务器，请检查网络后再试。";
    if (answer.status === 429) return "密码连续输错次数过多，登录已暂停，请过一会儿再试。您的文字仍在本页。";
    const errors = Object.values(answer.data.errors || {});
    return errors.length ? errors[0][0] : "没有登录成功，请再试一次。";
  }

  function login(event) {
    event.preventDefault();
    event.stopPropagation();
    refuse("");
    Portal.askSession()
      .then((answer) => {
        if (answer.ok && answer.data.user && answer.data.user !== Portal.user) {
          return { other: true };
        }
        return answer.ok && !answer.expired ? answer : Portal.send(form.action, { body: new FormData(form) });
      })
      .then((answer) => {
        if (answer.other) return refuse("这台电脑上已换了别人登录。请先请对方退出，再用您的账号登录。");
        if (!answer.ok) return refuse(sentenceFor(answer));
        Portal.renewToken(answer.data.csrf);
        seconds = answer.data.seconds;
        form.querySelector("input[type=password]").value = "";
        renewed();
        finish(true);
      });
  }

  /* Every other form asks first, so that a page sent too late is not swallowed by the log-in page. */
  function guarded(target) {
    const own = target.matches("[data-autosave-url], [data-logout], [data-display], [data-relogin], [hx-post]");
    return target.getAttribute("method") === "post" && Portal.user && !own;
  }

  function hold(event) {
    const target = event.target;
    if (event.defaultPrevented || !guarded(target)) return;
    event.preventDefault();
    if (target.dataset.sending) return;
    target.dataset.sending = "yes";
    const button = Portal.pressedIn(target);
    Portal.tell(target, "");
    Portal.askSession()
      .then((answer) => (answer.ok && answer.expired ? Portal.relogin() : answer.ok))
      .then((may) => {
        if (may) return Portal.submit(target, button);
        delete target.dataset.sending;
        Portal.tell(target, "还没有提交：连不上服务器或尚未重新登录。您填的内容还在，请稍后再按一次。");
      });
  }

  document.addEventListener("submit", hold);
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sending]").forEach((one) => delete one.dataset.sending);
  });

  if (!Portal.user || !dialog) return;

  form.addEventListener("submit", login);
  dialog.addEventListener("portal:closed", () => waiting && finish(false));
  warning.querySelector("[data-session-extend]").addEventListener("click", () => {
    Portal.closeDialog(warning);
    Portal.askSession().then((answer) => (answer.ok && answer.expired ? Portal.relogin() : renewed()));
  });
  document.addEventListener("portal:answered", renewed);
  document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && renewed());
  window.addEventListener("storage", (event) => {
    if (event.key === SHARED && event.newValue) start(Number(event.newValue) - Date.now());
  });
  renewed();
})();
