/* The writing page with scripts: a rich text editor, pasting through the server, fields that follow the attribute. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-clean-url]");
  if (!form) return;
  const area = form.querySelector("textarea.record-body");

  // What was pasted goes through the server: it keeps headings and tables of Word and WPS, and refuses secret marks.
  function cleaned(html) {
    const body = new FormData();
    body.append("html", html);
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    return fetch(form.dataset.cleanUrl, { method: "POST", body: body, credentials: "same-origin" })
      .then(function (answer) { return answer.json(); });
  }

  function say(text) {
    let place = form.querySelector(".paste-refused");
    if (!place) {
      place = document.createElement("div");
      place.className = "notice notice-error paste-refused";
      place.setAttribute("role", "alert");
      area.parentNode.insertBefore(place, area.parentNode.firstChild);
    }
    place.textContent = text;
    place.hidden = !text;
  }

  function paragraphs(text) {
    const holder = document.createElement("div");
    text.split(/\r?\n/).forEach(function (line) {
      if (line.trim()) holder.appendChild(document.createElement("p")).textContent = line.trim();
    });
    return holder.children.length === 1 ? holder.firstChild.innerHTML : holder.innerHTML;
  }

  function paste(editor, event) {
    const data = event.clipboardData;
    const html = data && (data.getData("text/html") || paragraphs(data.getData("text/plain")));
    if (!html) return undefined;
    event.preventDefault();
    const range = editor.s.range;
    const isPhrase = !/<(p|div|table|ul|ol|li|h[1-6]|br)\b/i.test(html);
    cleaned(html).then(function (answer) {
      say(answer.refused || "");
      if (!answer.html) return;
      editor.s.selectRange(range);
      // A few words go into the line; only what has blocks of its own brings them along.
      editor.s.insertHTML(isPhrase ? answer.html.replace(/^<p>|<\/p>$/g, "") : answer.html);
    }, function () {
      say("粘贴没有成功，请检查网络后重试；已填写的内容还在本页。");
    });
    return false;
  }

  if (area && window.Jodit) {
    const label = form.querySelector("label[for='" + area.id + "']");
    const editor = Jodit.make(area, {
      language: "zh_cn",
      height: 480,
      tabIndex: 0,
      showPlaceholder: false,
      allowTabNavigation: true,
      toolbarAdaptive: false,
      hidePoweredByJodit: true,
      showXPathInStatusbar: false,
      showCharsCounter: false,
      showWordsCounter: false,
      askBeforePasteHTML: false,
      askBeforePasteFromWord: false,
      disablePlugins: ["add-new-line", "ai-assistant", "class-span", "drag-and-drop", "drag-and-drop-element", "file",
        "image", "image-processor", "image-properties", "media", "paste-from-word", "paste-storage", "powered-by-jodit",
        "iframe", "source", "speech-recognize", "spellcheck", "sticky", "video", "xpath"],
      buttons: ["paragraph", "|", "bold", "italic", "underline", "|", "ul", "ol", "table", "link", "|", "undo", "redo"],
      controls: { paragraph: { list: { p: "正文", h2: "一级标题", h3: "二级标题", h4: "三级标题" } } },
      events: {
        beforePaste: function (event) { return paste(editor, event); },
        change: function () { form.dispatchEvent(new Event("input")); }
      }
    });
    editor.editor.setAttribute("role", "textbox");
    editor.editor.setAttribute("aria-multiline", "true");
    editor.editor.setAttribute("aria-label", label ? label.textContent.trim() : "正文");
    if (label) label.addEventListener("click", function () { editor.s.focus(); });
    // The editor copies its text into the field a moment after each keystroke; sending must not be faster than that.
    form.addEventListener("submit", function () { area.value = editor.value; });
  }

  // Fields that belong to an attribute show only with it; without scripts all of them show.
  function follow() {
    const chosen = form.querySelector("[name=attribute]:checked");
    form.querySelectorAll("[data-when], [data-when-not]").forEach(function (group) {
      const value = chosen ? chosen.value : "";
      group.hidden = "when" in group.dataset ? value !== group.dataset.when : value === group.dataset.whenNot;
    });
  }
  form.addEventListener("change", follow);
  follow();

  // What is written is kept every half minute, so that a closed window costs little. A refusal is said once.
  const autosaved = form.querySelector(".autosaved");
  let unsaved = false;
  let sending = false;
  form.addEventListener("input", function () { unsaved = true; });
  form.addEventListener("submit", function () { sending = true; });
  function keep() {
    if (!form.dataset.autosaveUrl || !unsaved || sending) return;
    unsaved = false;
    sending = true;
    fetch(form.dataset.autosaveUrl, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (answer) {
        sending = false;
        if (answer.refused) {
          autosaved.textContent = "没有自动保存：" + answer.refused;
          return;
        }
        form.querySelector("[name=lock_version]").value = answer.lock_version;
        autosaved.textContent = answer.saved_at + " 已自动保存";
        const panel = document.getElementById("checks");
        if (panel) panel.innerHTML = answer.findings;
        if (!unsaved) form.dispatchEvent(new Event("desk:saved"));
      }, function () {
        sending = false;
        unsaved = true;
        autosaved.textContent = "网络不通，暂时没有自动保存";
      });
  }
  setInterval(keep, Number(form.dataset.autosaveSeconds || 30) * 1000);

  // An error inside folded fields must be seen.
  const folded = form.querySelector("details.more");
  if (folded && folded.querySelector(".field-error")) folded.open = true;
})();
