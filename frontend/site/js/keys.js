// Keys: / searches, ? lists them, an element with data-key is pressed by its key,
// j and k walk through rows that open ([data-rows] a[data-row]).
function typing(target) {
  return target.closest("input, select, textarea, [contenteditable]");
}

function walk(step) {
  const rows = [...document.querySelectorAll("[data-rows] a[data-row]")].filter((row) => row.offsetParent);
  if (rows.length === 0) return;
  const here = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, here + step))].focus();
}

export function listenToKeys() {
  const list = document.getElementById("keys");
  document.querySelectorAll("[data-opens-keys]").forEach((button) => {
    button.hidden = !list;
    button.addEventListener("click", () => list.showModal());
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const find = document.getElementById("find");
    if (event.key === "/" && find) { event.preventDefault(); find.focus(); find.select(); return; }
    if (event.key === "?" && list) { event.preventDefault(); if (!list.open) list.showModal(); return; }
    if (list?.open) return;
    if (event.key === "j" || event.key === "k") { event.preventDefault(); walk(event.key === "j" ? 1 : -1); return; }
    const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key && one.offsetParent);
    if (wanted) { event.preventDefault(); wanted.focus(); wanted.click(); }
  });
}
