// The day of a lead: one record is lit in the list, in the drawing and on the map together.
export function light(no, { scroll = false } = {}) {
  const name = String(no);
  document.querySelectorAll("[data-moment]").forEach((one) => one.classList.toggle("is-on", one.dataset.moment.split(" ").includes(name)));
  if (scroll) document.querySelector(`.moments [data-moment~="${CSS.escape(name)}"]`)?.scrollIntoView({ block: "nearest" });
}

export function followMoments() {
  document.querySelectorAll(".moments [data-moment]").forEach((row) => {
    row.addEventListener("mouseenter", () => light(row.dataset.moment));
    row.addEventListener("focusin", () => light(row.dataset.moment));
  });
  document.querySelectorAll(".day-picture [data-moment]").forEach((mark) => mark.addEventListener("click", () => light(mark.dataset.moment, { scroll: true })));
}
