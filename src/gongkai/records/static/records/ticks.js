// Ticks all rows of the page at once, and says how many are ticked.
const form = document.querySelector("form[data-ticks]");
const acts = form && form.querySelector(".batch-acts");
if (acts) {
  const boxes = Array.from(form.querySelectorAll("input[name=id]"));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-link";
  const said = document.createElement("span");
  said.className = "quiet";
  said.setAttribute("role", "status");
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    button.textContent = ticked === boxes.length ? "取消本页选择" : "选择本页";
    said.textContent = ticked ? `已选 ${ticked} 条` : "";
  };
  button.addEventListener("click", () => {
    const all = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !all; });
    show();
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  acts.prepend(button);
  acts.append(said);
  show();
}
