// <qf-map>: places of the records that stand in the list beside it. The drawing library is fetched by the first
// map of a page, and by no page without one. There is no background but the district's own places and, where the
// installation names a source of tiles (data-tiles), those.
class Places extends HTMLElement {
  async connectedCallback() {
    const place = this.querySelector(".map-place");
    const block = this.querySelector('script[type="application/json"]');
    if (!place || !block) return;
    const { draw } = await import("./places.js");
    if (!this.isConnected) return;
    place.hidden = false;
    this.drawn = draw(place, JSON.parse(block.textContent), { tiles: this.dataset.tiles, credit: this.dataset.credit });
    if (!this.drawn) place.hidden = true;
  }

  disconnectedCallback() {
    this.drawn?.remove();
  }
}

export function defineMap() {
  if (!customElements.get("qf-map")) customElements.define("qf-map", Places);
}
