// Files can be dropped onto the form; what is chosen is listed, and too much is said before it is sent.
const form = document.querySelector("form[data-drop]");
const input = form && form.querySelector("input[type=file]");

function megabytes(bytes) {
  return (bytes / (1024 * 1024)).toFixed(1) + " MB";
}

function wrong(files) {
  const most = Number(input.dataset.mostFiles);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const documents = files.filter((file) => !/\.(xlsx|csv)$/i.test(file.name));
  if (documents.length > most) return `一次最多 ${most} 份，现在选了 ${documents.length} 份，请分几次放入。`;
  if (bytes > Number(input.dataset.mostBytes)) return `合计 ${megabytes(bytes)}，超过了限额，请分几次放入。`;
  return "";
}

function build() {
  const zone = document.createElement("div");
  zone.className = "drop-zone";
  const words = document.createElement("p");
  words.textContent = "把文件拖到这里，或者点选";
  const names = document.createElement("ol");
  names.className = "drop-names";
  names.hidden = true;
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  input.before(zone);
  zone.append(words, input, said, names);

  function show() {
    const files = Array.from(input.files);
    const problem = wrong(files);
    said.textContent = problem || (files.length ? `已选 ${files.length} 个文件` : "");
    said.className = problem ? "field-error" : "quiet";
    names.hidden = !files.length;
    names.replaceChildren(...files.map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name}（${megabytes(file.size)}）`;
      return line;
    }));
  }

  ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  }));
  ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("is-over")));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const both = new DataTransfer();
    [...input.files, ...event.dataTransfer.files].forEach((file) => both.items.add(file));
    input.files = both.files;
    show();
  });
  input.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    if (!wrong(Array.from(input.files))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show();
    input.focus();
  });
}

if (input) build();
