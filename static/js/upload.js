/* Files go to the server as soon as they are chosen; the form keeps only their ids.
   POST /documents/ (file, purpose) -> 201 {"id", "name", "size", "note"} or 400 {"errors": [sentence]}. */
(function () {
  "use strict";

  function size(bytes) {
    return bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }

  function Upload(box) {
    const list = box.querySelector("[data-upload-list]");
    const chosen = box.querySelector("input[type=file]");
    const status = box.querySelector("[data-upload-status]");
    const template = box.querySelector("template[data-upload-item]");
    const name = box.dataset.uploadName;

    function changed() {
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function draw(file) {
      const item = document.importNode(template.content, true).firstElementChild;
      item.querySelector(".upload__name").textContent = file.name + "（" + size(file.size) + "）";
      item.querySelector("[data-about]").textContent = "：" + file.name;
      list.appendChild(item);
      return item;
    }

    function note(item, text, failed) {
      item.querySelector(".upload__note").textContent = text;
      item.classList.toggle("upload__item--failed", Boolean(failed));
      if (text) status.textContent = text;
    }

    function done(item, answer) {
      const id = document.createElement("input");
      id.type = "hidden";
      id.name = name;
      id.value = answer.id;
      item.appendChild(id);
      const link = item.querySelector(".upload__name");
      link.href = box.dataset.uploadUrl + answer.id + "/";
      link.textContent = answer.name + "（" + size(answer.size) + "）";
      note(item, answer.note ? "已上传。" + answer.note : "已上传");
      item.classList.toggle("upload__item--warned", Boolean(answer.note));
      changed();
    }

    function refused(item, file, request) {
      let errors = [];
      try {
        errors = JSON.parse(request.responseText).errors || [];
      } catch (page) {
        /* A page instead of data: no reason known. */
      }
      const reason = errors[0] || (request.status ? "服务器没有收下这个文件。" : "与服务器失去联系。");
      note(item, file.name + " 没有上传：" + reason + (errors[0] ? "" : "请重新选择一次。"), true);
    }

    function send(file, drawn) {
      const item = drawn || draw(file);
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("file", file);
      body.append("purpose", box.dataset.uploadPurpose);
      request.open("POST", box.dataset.uploadUrl);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", Portal.token());
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) {
          item.querySelector(".upload__note").textContent =
            "正在上传 " + Math.floor((100 * event.loaded) / event.total) + "%";
        }
      });
      request.addEventListener("loadend", () => {
        const login = request.responseURL && new URL(request.responseURL).pathname === "/login/";
        if (login || request.status === 401) {
          note(item, file.name + "：登录已过期，重新登录后自动继续上传。", true);
          Portal.relogin().then((again) => again && send(file, item));
        } else if (request.status === 201) {
          done(item, JSON.parse(request.responseText));
        } else {
          refused(item, file, request);
        }
      });
      request.send(body);
    }

    chosen.addEventListener("change", () => {
      Array.from(chosen.files).forEach((file) => send(file));
      /* Emptied, so that the form does not carry the same files a second time. */
      chosen.value = "";
    });

    list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      button.closest(".upload__item").remove();
      status.textContent = "已移除";
      chosen.focus();
      changed();
    });
  }

  document.querySelectorAll("[data-upload-url]").forEach((box) => new Upload(box));
})();
