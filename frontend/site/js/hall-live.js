// Where scenes come from on the live site: the page of a scene is fetched, and its parts are taken over.
export const online = {
  async page(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.text();
  },
  async answer(form) {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    return answer.ok ? answer.text() : "";
  },
  address: (live) => live.address,
  pictures() { /* they are fetched as they are */ },
  walked(address) { if (address) navigator.sendBeacon(address); },
};
