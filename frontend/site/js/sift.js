// The list beside the map: sifted while one types, sorted by distance on request. Where the list has further pages the
// form goes to the server as it does without a script.
const KM = 111.195;

function fits(card, asked) {
  const { kind, theme, words } = card.dataset;
  return (!asked.kind || kind === asked.kind) && (!asked.theme || theme === asked.theme) && asked.q.every((word) => words.includes(word));
}

export function sift(root) {
  const form = root.querySelector("[data-sift]");
  const list = root.querySelector("[data-cards]");
  if (!form || !list) return;
  const cards = [...list.querySelectorAll(".card")];
  const isWhole = !root.querySelector(".pages");
  form.hidden = false;
  const counted = root.querySelector("[data-found]"), none = list.querySelector("[data-none]"), all = root.querySelector("[data-all]");
  const change = () => {
    const said = new FormData(form);
    const asked = { kind: said.get("kind"), theme: said.get("theme"), q: said.get("q").toLowerCase().split(/\s+/).filter(Boolean).slice(0, 6) };
    let found = 0;
    for (const card of cards) found += !(card.hidden = !fits(card, asked));
    if (counted) counted.textContent = found;
    if (none) none.hidden = found > 0;
    if (all) all.hidden = !(asked.kind || asked.theme || asked.q.length);
    carry(root, new URLSearchParams([...said].filter(([, value]) => value)).toString());
    const slugs = asked.q.length ? cards.filter((card) => !card.hidden).map((card) => card.querySelector("a").href) : null;
    list.sifted = { kind: asked.kind, theme: asked.theme, hrefs: slugs }; // for a map that is drawn later
    root.dispatchEvent(new CustomEvent("sifted", { detail: list.sifted }));
  };
  if (isWhole && !location.search) {
    form.addEventListener("input", change);
    form.addEventListener("submit", (event) => { event.preventDefault(); change(); });
    all?.addEventListener("click", (event) => { event.preventDefault(); form.reset(); change(); form.querySelector("[name=q]").focus(); });
    addEventListener("pageshow", () => { if ([...new FormData(form).values()].some(Boolean)) change(); }); // a browser that goes back fills in what was asked
  } else form.addEventListener("change", (event) => event.target.name !== "q" && form.requestSubmit());
  near(form, list, cards);
}

// What is asked goes along: in the address, so that it can be passed on, and to the list and the sheet of paper.
function carry(root, query) {
  const asked = query ? `?${query}` : "";
  for (const link of root.querySelectorAll("[data-carries]")) link.setAttribute("href", link.getAttribute("href").split("?")[0] + asked);
  if (location.protocol !== "file:") history.replaceState(history.state, "", location.pathname + asked + location.hash);
}

// "Near me" asks the device once, when it is pressed; the position is used for the order of the list and goes nowhere.
function near(form, list, cards) {
  const button = form.querySelector("[data-near]");
  if (!button || !("geolocation" in navigator)) return;
  const says = form.querySelector("[data-near-says]");
  button.hidden = false;
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const away = (card) => Math.hypot((card.dataset.lon - coords.longitude) * Math.cos((coords.latitude * Math.PI) / 180), card.dataset.lat - coords.latitude) * KM;
      for (const card of [...cards].sort((one, other) => away(one) - away(other))) {
        card.dataset.away = `${away(card).toFixed(1)} km`;
        list.append(card);
      }
      says.textContent = button.dataset.sorted;
      document.dispatchEvent(new CustomEvent("located", { detail: [coords.longitude, coords.latitude] }));
    },
    () => { says.textContent = button.dataset.denied; },
    { maximumAge: 60000, timeout: 10000 },
  ));
}
