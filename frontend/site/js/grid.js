// The typing grid (desk/typing/boxes.html): moved through by keys, kept as one goes. Without this script the
// form's buttons do the same.
const QUIET = 1500; // milliseconds without a key after which rows are kept

const boxes = (row) => [...row.querySelectorAll("input")];

function beside(box, steps) {
  const row = box.closest("tr"), place = boxes(row).indexOf(box);
  const rows = [...row.parentElement.rows];
  const next = rows[rows.indexOf(row) + steps];
  return next ? boxes(next)[place] : null;
}

function move(box, steps) {
  const next = beside(box, steps);
  if (next) { next.focus(); next.select(); }
  return Boolean(next);
}

function keep(form) {
  const said = document.querySelector("[data-grid-said]");
  const tell = (words) => { if (said) said.textContent = words; };
  let timer = 0, going = null;
  const send = async () => {
    going?.abort();
    going = new AbortController();
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, signal: going.signal,
      });
      tell(answer.ok ? form.dataset.kept : form.dataset.failed);
    } catch (why) {
      if (why.name !== "AbortError") tell(form.dataset.failed);
    }
  };
  form.addEventListener("input", () => {
    going?.abort(); // what it would say is not of what stands there now
    tell("");
    clearTimeout(timer);
    timer = setTimeout(send, QUIET);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); going?.abort(); });
}

export function typeInGrids() {
  for (const form of document.querySelectorAll("form[data-grid]")) {
    keep(form);
    form.addEventListener("keydown", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || !box.closest("tbody") || event.isComposing) return;
      if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
        const moved = move(box, event.key === "ArrowUp" || event.shiftKey ? -1 : 1);
        if (moved || event.key === "Enter") event.preventDefault();
      } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
        const above = beside(box, -1);
        event.preventDefault();
        if (above) {
          box.value = above.value;
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }
    });
  }
}
