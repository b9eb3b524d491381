// A field above a long list of names: what does not hold what is typed is put away; Enter opens the only one left.
export function lookForNames() {
  for (const field of document.querySelectorAll("[data-names-in]")) {
    const lines = [...document.getElementById(field.dataset.namesIn).children];
    const left = () => lines.filter((line) => !line.hidden);
    field.hidden = false;
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const line of lines) line.hidden = !words.every((word) => line.textContent.toLowerCase().includes(word));
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && left().length === 1) left()[0].querySelector("a").click();
    });
  }
}
