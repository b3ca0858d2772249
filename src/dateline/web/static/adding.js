// Files may be dropped anywhere on the page: they are put where a click would have put them, and sent with the form.

const files = document.getElementById("files");
const chosen = document.querySelector(".chosen");
document.querySelector(".hint").hidden = false;

function list() {
  const items = [...files.files].slice(0, 20).map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name}, ${Math.max(1, Math.round(file.size / 1024)).toLocaleString("en")} kB`;
    return item;
  });
  if (files.files.length > 20) items.push(Object.assign(document.createElement("li"), { textContent: `and ${files.files.length - 20} more` }));
  chosen.replaceChildren(...items);
}

const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
let depth = 0;
const over = (change) => { depth = Math.max(0, depth + change); document.body.classList.toggle("over", depth > 0); };
document.addEventListener("dragenter", (event) => { if (brings(event)) over(1); });
document.addEventListener("dragleave", (event) => { if (brings(event)) over(-1); });
document.addEventListener("dragover", (event) => { if (brings(event)) event.preventDefault(); });
document.addEventListener("drop", (event) => {
  if (!brings(event)) return;
  event.preventDefault();
  over(-depth);
  const both = new DataTransfer();
  for (const file of [...files.files, ...event.dataTransfer.files]) both.items.add(file);
  files.files = both.files;
  list();
  files.focus();
});
files.addEventListener("change", list);
list();
