// Conveniences only: every page works without this file.
"use strict";
(function () {
  var root = document.documentElement;

  function remembered(name) {
    try { return window.localStorage.getItem(name); } catch (refused) { return null; }
  }
  function remember(name, value) {
    try {
      if (value) { window.localStorage.setItem(name, value); } else { window.localStorage.removeItem(name); }
    } catch (refused) { /* private mode: the choice lasts for this page */ }
  }

  // Large type is a page of its own; the browser only remembers that somebody likes it.
  var variant = document.querySelector("[data-variant]");
  if (variant) {
    variant.addEventListener("click", function () {
      remember("gongkai.variant", variant.dataset.variant === "elder" ? "elder" : "");
    });
    if (variant.dataset.variant === "elder" && remembered("gongkai.variant") === "elder") {
      var offer = document.createElement("aside");
      offer.className = "offer";
      offer.setAttribute("aria-label", "长者模式");
      offer.innerHTML = "<p>您上次使用了长者模式。</p>";
      var go = document.createElement("a");
      go.href = variant.href;
      go.textContent = "用长者模式打开";
      var no = document.createElement("button");
      no.type = "button";
      no.textContent = "不再提示";
      no.addEventListener("click", function () { remember("gongkai.variant", ""); offer.remove(); });
      offer.append(go, no);
      document.body.insertBefore(offer, document.querySelector("header.site"));
    }
  }

  // A number is added to the page's count; nothing of the reader is sent, and nothing at all where that is not wanted.
  var read = document.querySelector("[data-tell]");
  var wanted = navigator.doNotTrack !== "1" && !navigator.globalPrivacyControl;
  if (read && wanted && navigator.sendBeacon) {
    var tell = function (file) {
      navigator.sendBeacon(read.dataset.tell, new URLSearchParams({ entry: read.dataset.entry, file: file }));
    };
    tell("0");
    read.addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      var file = link && /\/entries\/\d+\/files\/(\d+)\/$/.exec(link.pathname);
      if (file) { tell(file[1]); }
    });
  }

  var tools = document.querySelector(".tools");
  if (tools) {
    tools.hidden = false;
    tools.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) { return; }
      if ("size" in button.dataset) { size(button.dataset.size); remember("gongkai.size", button.dataset.size); }
      if ("print" in button.dataset) { window.print(); }
      if ("copy" in button.dataset) { copy(button); }
    });
    size(remembered("gongkai.size") || "");
  }
  function size(name) {
    if (name) { root.dataset.text = name; } else { delete root.dataset.text; }
    tools.querySelectorAll("[data-size]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.size === name));
    });
  }
  function copy(button) {
    var field = document.createElement("textarea");
    field.value = button.dataset.copy;
    document.body.append(field);
    field.select();
    button.textContent = document.execCommand("copy") ? "已复制" : "复制失败";
    field.remove();
    button.focus();
    window.setTimeout(function () { button.textContent = "复制链接"; }, 2000);
  }

  var filter = document.querySelector(".tree-filter");
  if (filter && document.querySelectorAll(".tree li").length > 12) {
    filter.hidden = false;
    filter.querySelector("input").addEventListener("input", function (event) {
      var words = event.target.value.trim();
      document.querySelectorAll(".tree li").forEach(function (item) {
        item.hidden = Boolean(words) && !item.textContent.includes(words);
      });
      if (words) {
        document.querySelectorAll(".tree details").forEach(function (branch) { branch.open = true; });
      }
    });
  }

  // Sheets and panels close with Escape like any other.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    if (window.location.hash === "#catalogue") { window.location.hash = "main"; }
    if (window.location.hash === "#filters") { window.location.hash = "results"; }
    var panel = document.querySelector(".switch[open]");
    if (panel) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
  });
})();
