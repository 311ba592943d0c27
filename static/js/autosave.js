/* Saves form[data-autosave-url] by itself and says so only on the server's word.

   Protocol (the view is the page's own):
     POST data-autosave-url, the form's own fields as form data (hidden `version` included) plus autosave=1,
     Accept: application/json, X-Requested-With: XMLHttpRequest, X-CSRFToken
       200 {"saved_at": local ISO time, "version": n, "autosave_url"?: url, "page_url"?: url,
            "warnings"?: [{"text", "at"}]}, handed on by the event autosave:saved (warnings.js)
           the two addresses come with the first save of a new draft; a reload then opens that draft
       409 {"detail": sentence, "version": n, "theirs": {field name: value or [values]}}
           every written field as a browser would post it: a ticked box "on", an unticked one []
       400 {"errors": {field name: [sentence]}}
       401 {"login": url}, or a redirect to the log-in page
       other {"detail": sentence}
   When: 1.5 s after the last key (never in the middle of a 输入法 composition), at the latest every 8 s,
   on leaving a field, when the page is hidden or left (keepalive), before the form is sent.
   Until the server has it, a copy stays in this browser. */
(function () {
  "use strict";

  const PAUSE_MS = 1500;
  const LONGEST_MS = 8000;
  const RETRY_MS = [3000, 6000, 12000, 30000];
  const COPY_MS = 300;
  /* Browsers let no more than 64 KB outlive a page. */
  const KEEPALIVE_BYTES = 60000;

  function Autosave(form) {
    let key = Portal.drafts.key(form);
    const bar = document.querySelector("[data-autosave-status]");
    const words = bar && bar.querySelector("[data-autosave-text]");
    const version = form.querySelector("input[name=version]");
    let kept = Portal.snapshot(form); /* what the server has, as far as it told us */
    let sent = null;
    let running = null;
    let timer = 0;
    let copyTimer = 0;
    let waitingSince = 0;
    let failures = 0;
    let composing = false;
    let asking = false;
    let invalid = false;
    let leaving = false;
    let holding = false;

    function say(state, text) {
      if (!bar) return;
      bar.dataset.state = state;
      if (words.textContent !== text) words.textContent = text;
    }

    function dirty() {
      return Portal.differences(Portal.snapshot(form), kept).length > 0;
    }

    function copy() {
      clearTimeout(copyTimer);
      copyTimer = 0;
      return Portal.drafts.keep(key, Portal.snapshot(form));
    }

    function schedule(milliseconds) {
      clearTimeout(timer);
      timer = setTimeout(save, milliseconds);
    }

    function changed() {
      if (!dirty()) return;
      const now = Date.now();
      waitingSince = waitingSince || now;
      copyTimer = copyTimer || setTimeout(copy, COPY_MS);
      if (!running && bar && bar.dataset.state === "saved") say("idle", "正在输入，停下后自动保存");
      if (!composing) schedule(Math.max(0, Math.min(PAUSE_MS, waitingSince + LONGEST_MS - now)));
    }

    function body() {
      const data = new FormData(form);
      form.querySelectorAll("input[type=file]").forEach((input) => data.delete(input.name));
      data.append("autosave", "1");
      return data;
    }

    function bytes(data) {
      let sum = 0;
      data.forEach((value, name) => (sum += 200 + 3 * (name.length + value.length)));
      return sum;
    }

    /* Resolves to true when the server has what the form held; one save at a time. */
    function save() {
      clearTimeout(timer);
      if (running) return running.then(() => (dirty() ? save() : true));
      if (asking) return Promise.resolve(false);
      if (!dirty()) return Promise.resolve(true);
      const mine = Portal.snapshot(form);
      waitingSince = 0;
      copy();
      say("saving", "正在保存…");
      const data = body();
      running = Portal.send(form.dataset.autosaveUrl, { body: data, keepalive: bytes(data) < KEEPALIVE_BYTES })
        .then((answer) => {
          running = null;
          return settle(answer, mine);
        });
      sent = mine;
      return running;
    }

    function settle(answer, mine) {
      invalid = answer.status === 400;
      if (answer.ok && answer.data.saved_at) return saved(answer.data, mine);
      if (answer.status === 409) return conflict(answer.data, mine);
      if (answer.expired) return expired();
      if (answer.status === 400) return refused(answer.data);
      return lost(answer);
    }

    function saved(data, mine) {
      failures = 0;
      kept = mine;
      if (version && data.version !== undefined) version.value = data.version;
      if (data.autosave_url) moved(data);
      if (dirty()) {
        copy();
        schedule(PAUSE_MS);
      } else {
        clearTimeout(copyTimer);
        copyTimer = 0;
        Portal.drafts.forget(key);
      }
      say("saved", "已保存 " + data.saved_at.slice(11, 19));
      form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: data }));
      return true;
    }

    /* A new draft has an address now: saving, reloading and sending go there. */
    function moved(data) {
      Portal.drafts.forget(key);
      form.dataset.autosaveUrl = data.autosave_url;
      key = Portal.drafts.key(form);
      if (!data.page_url) return;
      form.setAttribute("action", data.page_url);
      history.replaceState(null, "", data.page_url);
    }

    function failed(text) {
      const safe = copy();
      say("failed", "未保存：" + text + (safe ? "，文字留在本机" : "。请先把文字复制到别处"));
      return false;
    }

    function lost(answer) {
      if (answer.data.detail) return failed(answer.data.detail);
      schedule(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
      return failed("与服务器失去联系");
    }

    /* Refused for its files only, the text is stored: the next save goes on from there. */
    function refused(data) {
      if (version && data.version !== undefined) version.value = data.version;
      if (data.autosave_url) moved(data);
      const errors = Object.values(data.errors || {});
      return failed(errors.length ? [].concat(errors[0])[0].replace(/。$/, "") : "内容有误");
    }

    function expired() {
      failed("登录已过期");
      return Portal.relogin().then((again) => again && save());
    }

    function listed(theirs) {
      const fields = {};
      Object.keys(theirs).forEach((name) => (fields[name] = [].concat(theirs[name]).map(String)));
      return fields;
    }

    function conflict(data, mine) {
      const theirs = listed(data.theirs || {});
      const names = Portal.differences(mine, theirs, Object.keys(theirs));
      if (version) version.value = data.version;
      const ours = sent && !Portal.differences(sent, theirs, Object.keys(theirs)).length;
      /* Our own save whose answer was lost with the page: nothing to choose. */
      if (ours || !names.length) return Promise.resolve().then(() => save());
      failed("别处已保存过另一份文字");
      return ask({
        title: "这份文字在别处也改过",
        text: (data.detail || "有人或您在另一个窗口刚保存过。") + "请选择保留哪一份；另一份不会保留。",
        titles: ["本页的文字", "已保存在服务器上的文字"],
        labels: ["保留本页的文字", "改用服务器上的文字"],
        mine, theirs, names: names.filter((name) => Portal.written(form, name)),
      });
    }

    function ask(settings) {
      asking = true;
      return Portal.compare(form, settings).then((mine) => {
        asking = false;
        Portal.restore(form, mine ? settings.mine : settings.theirs, settings.names);
        if (mine) return save();
        kept = Portal.snapshot(form);
        Portal.drafts.forget(key);
        say("idle", "已改用服务器上的文字");
        return true;
      });
    }

    /* After a crash: the copy is offered beside the server's text, unless they agree. */
    function recover() {
      const left = Portal.drafts.read(key);
      if (!left) return;
      const names = Portal.differences(left.fields, kept).filter((name) => Portal.written(form, name));
      if (!names.length) return Portal.drafts.forget(key);
      ask({
        title: "找到一份没有来得及保存的文字",
        text: "这台电脑上留有 " + new Date(left.at).toLocaleString("zh-CN") + " 写的文字，服务器上没有。请选择用哪一份。",
        titles: ["本机留下的文字", "已保存在服务器上的文字"],
        labels: ["用本机留下的文字", "用服务器上的文字"],
        mine: left.fields, theirs: kept, names,
      });
    }

    /* The page may be gone before an answer comes; the copy stays until one did. */
    function leave() {
      if (leaving || asking || !dirty()) return;
      copy();
      save();
    }

    /* Sent only when the server is there and knows the person; else the text stays in the page. */
    function hold(event) {
      if (event.defaultPrevented) return;
      event.preventDefault();
      if (holding || leaving) return; /* the second half of a double click */
      holding = true;
      const button = Portal.pressedIn(form);
      Portal.tell(form, "");
      save()
        .then((done) => (done || invalid ? Portal.askSession() : { ok: false }))
        .then((answer) => (answer.ok && answer.expired ? Portal.relogin() : answer.ok))
        .then((may) => {
          leaving = may;
          holding = false;
          if (may) return Portal.submit(form, button);
          Portal.tell(form, "还没有提交：" + (words ? words.textContent : "连不上服务器") + "。请稍后再按一次。");
        });
    }

    /* Logging out removes the copies, so the text has to be on the server first; a second press insists. */
    function holdLogout(event) {
      const logout = event.target;
      if (!logout.matches("[data-logout]") || logout.dataset.insists || !dirty()) return;
      event.preventDefault();
      save().then((done) => {
        logout.dataset.insists = "yes";
        if (!done) return Portal.tell(form, "文字还没有保存到服务器，退出会丢失。确要退出，请再按一次“退出”。");
        Portal.drafts.forgetAll();
        Portal.submit(logout);
      });
    }

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("compositionstart", () => (composing = true));
    form.addEventListener("compositionend", () => {
      composing = false;
      changed();
    });
    form.addEventListener("focusout", () => !composing && save());
    form.addEventListener("submit", hold);
    document.addEventListener("submit", holdLogout, true);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", () => (leaving = false));
    window.addEventListener("online", () => save());
    window.addEventListener("beforeunload", (event) => {
      if (!bar || bar.dataset.state !== "failed" || !dirty()) return;
      event.preventDefault();
      event.returnValue = "";
    });
    recover();
  }

  document.querySelectorAll("form[data-autosave-url]").forEach((form) => new Autosave(form));
})();
