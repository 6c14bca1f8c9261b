// Jumps from one marked place to the next with ] and [, unless somebody is typing.
(function () {
  "use strict";
  var marks = Array.prototype.slice.call(document.querySelectorAll(".document a.found"));
  if (!marks.length) return;
  var at = -1;
  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key !== "]" && event.key !== "[") return;
    var step = event.key === "]" ? 1 : -1;
    at = at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length;
    marks[at].focus();
    marks[at].scrollIntoView({ block: "center" });
    event.preventDefault();
  });
})();
