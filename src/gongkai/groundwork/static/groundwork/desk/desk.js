/* Small helps on top of pages that work without scripts. */
(function () {
  "use strict";

  // A drop-down closes when the attention goes elsewhere, or with Escape.
  function closeDrops(except) {
    document.querySelectorAll("details.drop[open]").forEach(function (drop) {
      if (drop !== except) drop.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeDrops(event.target.closest("details.drop"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const open = document.activeElement && document.activeElement.closest("details.drop[open]");
    closeDrops(null);
    if (open) open.querySelector("summary").focus();
  });

  // After a refused form the keyboard goes to the list of errors.
  const errors = document.querySelector(".form-errors");
  if (errors) errors.focus();

  // Leaving a changed form asks first; sending it does not.
  let changed = false;
  document.querySelectorAll("form[data-guard]").forEach(function (form) {
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
    form.addEventListener("desk:saved", function () { changed = false; });
  });
  window.addEventListener("beforeunload", function (event) {
    if (!changed) return;
    event.preventDefault();
    event.returnValue = "";
  });

  // One click, one act: a form that was sent cannot be sent again while the answer is awaited.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
})();
