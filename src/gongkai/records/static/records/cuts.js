/* The page of cuts with scripts: what is selected in the text comes into the field. */
(function () {
  "use strict";

  const text = document.querySelector(".document");
  const field = document.querySelector("textarea.cut-passage");
  if (!text || !field) return;

  document.addEventListener("selectionchange", function () {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    field.value = selection.toString();
  });
})();
