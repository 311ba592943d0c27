/* Keeps the words of a countdown alive. The server's clock counts, not this computer's: the page brings both.
   The words are those of proposals/windows.py; without JavaScript they stand as the server wrote them. */
(function () {
  "use strict";

  const loaded = Date.now();

  function leftWords(milliseconds) {
    const minutes = Math.floor(milliseconds / 60000);
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    if (days) return "还有 " + days + " 天" + (hours % 24 ? " " + (hours % 24) + " 小时" : "");
    if (hours) return "还有 " + hours + " 小时" + (minutes % 60 ? " " + (minutes % 60) + " 分钟" : "");
    return minutes ? "还有 " + minutes + " 分钟" : "还有不到 1 分钟";
  }

  function Countdown(box) {
    const words = box.querySelector("[data-countdown-words]");
    const closes = Date.parse(box.dataset.closes);
    const ahead = Date.parse(box.dataset.now) - loaded;
    let timer = null;

    function over() {
      words.textContent = box.dataset.after;
      box.classList.remove("countdown--near");
      box.classList.add("countdown--over");
      box.querySelectorAll("[data-countdown-what], [data-countdown-then]").forEach((part) => part.remove());
      window.clearInterval(timer);
    }

    function tick() {
      const left = closes - (Date.now() + ahead);
      if (left < 0) return over();
      box.classList.toggle("countdown--near", left <= 86400000);
      words.textContent = leftWords(left) + "，" + box.dataset.until + " 截止";
    }

    if (box.classList.contains("countdown--over")) return;
    timer = window.setInterval(tick, 1000);
    tick();
  }

  document.querySelectorAll("[data-countdown]").forEach((box) => new Countdown(box));
})();
