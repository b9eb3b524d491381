// The rail is folded into groups; with a script a group stays as it was left. The group of the page is open.
const KEY = "qingfeng-rail";

function kept() {
  try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; }
}

export function rememberRail() {
  const left = kept();
  document.querySelectorAll(".rail-group").forEach((group) => {
    const name = group.dataset.group;
    if (name in left && !group.querySelector("[aria-current]")) group.open = left[name];
    group.querySelector("summary").addEventListener("click", () => {
      left[name] = !group.open;
      try { localStorage.setItem(KEY, JSON.stringify(left)); } catch { /* a closed store: folded anew next time */ }
    });
  });
}
