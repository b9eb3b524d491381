// Menus are <details>; with a script they close when one looks elsewhere.
export function closeMenus() {
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    if (location.hash === "#rail") { location.hash = "#main"; document.querySelector(".rail-open")?.focus(); }
  });
}
