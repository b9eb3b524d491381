// <qf-chart>: draws what its data block says above the table that stands beside it. The drawing
// library is fetched by the first chart of a page, and by no page without one. The table goes out as
// XLSX or CSV from the server (look/sheets.py), so that it does without a script too.
function save(name, address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

class Chart extends HTMLElement {
  async connectedCallback() {
    const place = this.querySelector(".chart-place");
    const block = this.querySelector('script[type="application/json"]');
    if (!place || !block) return;
    const { draw } = await import("./draw.js");
    if (!this.isConnected) return;
    place.hidden = false;
    const fold = this.querySelector("details.fold");
    if (fold) fold.open = false;
    this.drawn = draw(place, JSON.parse(block.textContent));
    this.watch = new ResizeObserver(() => this.drawn.resize());
    this.watch.observe(place);
    const png = this.querySelector("[data-png]");
    if (png?.hidden) {
      png.hidden = false;
      png.addEventListener("click", () => save(`${this.dataset.name || "chart"}.png`, this.drawn.picture()));
    }
  }

  disconnectedCallback() {
    this.watch?.disconnect();
    this.drawn?.dispose();
  }
}

export function defineChart() {
  if (!customElements.get("qf-chart")) customElements.define("qf-chart", Chart);
}
