// Questions: the site tells what is right in the page it answers with; a copy on a disk knows it itself.
function told(form) {
  const given = form.querySelector("input:checked")?.value;
  if (given === undefined) return;
  const why = form.querySelector("[data-why]");
  form.querySelectorAll("label").forEach((label, no) => label.classList.toggle("is-right", String(no) === form.dataset.right));
  form.classList.toggle("is-answered", true);
  why.open = true;
}

export function askIn(source, inPlace) {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-ask]");
    if (!form) return;
    event.preventDefault();
    if (!form.hasAttribute("action")) { told(form); return; }
    const html = await source.answer(form);
    const key = form.elements.spot.value;
    const answered = html && new DOMParser().parseFromString(html, "text/html").querySelector(`[data-spot="${key}"]`);
    if (answered) inPlace(key, answered);
    else form.submit();
  });
}

// On a disk the button stands in for what the site would answer.
export function readyOnDisk(root) {
  root.querySelectorAll("[data-ask]:not([action]) button").forEach((one) => { one.hidden = false; });
}
