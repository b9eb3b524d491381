// What the live map draws. Where the list beside it has further pages nothing is sifted here, so the places of the whole
// district are not read by the page: the map's worker fetches, reads and clusters them.
const read = (address) => fetch(address).then((answer) => answer.json());

export async function broughtFor(stage) {
  const isWhole = !document.querySelector(".pages"), places = new URL(stage.dataset.places, location).href;
  const [ground, listed] = await Promise.all([read(stage.dataset.ground), isWhole ? read(places) : null]);
  return { ground, places: listed ?? (ground.features.length ? places : await read(places)) };
}
