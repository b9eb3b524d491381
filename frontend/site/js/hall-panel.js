// What a spot tells, beside the scene: a copy of its entry in the list. Closing it leads back to where one was.
export function panelIn(stage, opened = () => {}) {
  const panel = stage.querySelector("[data-panel]"), inside = panel.querySelector("[data-inside]");
  let from = null, named = "";
  const isOpen = () => !panel.hidden;

  function close() {
    if (!isOpen()) return;
    panel.querySelectorAll("audio, video").forEach((one) => one.pause());
    panel.hidden = true;
    stage.classList.remove("has-panel");
    inside.replaceChildren();
    if (from?.isConnected) from.focus({ preventScroll: true });
  }

  function open(node, name, { trigger = document.activeElement } = {}) {
    from = trigger;
    named = name;
    const held = node.cloneNode(true);
    held.removeAttribute("id");
    held.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    held.querySelectorAll("[data-look]").forEach((one) => one.remove());
    held.querySelectorAll("details.transcript").forEach((one) => { one.open = !held.querySelector("video, audio"); });
    inside.replaceChildren(...(node.matches("li") ? held.childNodes : [held]));
    inside.dataset.of = node.dataset.spot ?? "";
    opened(inside);
    panel.setAttribute("aria-label", name);
    panel.hidden = false;
    panel.scrollTop = 0;
    stage.classList.add("has-panel");
    inside.focus({ preventScroll: true });
  }

  // The same entry, written anew: whoever closes it comes back to where they were before the first time.
  const again = (node) => open(node, named, { trigger: from });

  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
  return { open, again, close, isOpen, inside };
}
