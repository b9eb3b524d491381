// A receipt checked from a disk: no network is asked for, and the page's own policy allows none.
import "./checker.css";
import { check, fillIn } from "../site/js/proof.js";

const root = document.documentElement;

function speak(language) {
  root.lang = language;
  for (const part of document.querySelectorAll("main[lang]")) part.hidden = part.lang !== language;
  const shown = document.querySelector(`main[lang="${language}"]`);
  document.title = shown.querySelector("h1").textContent;
  return shown;
}

function verdict(held, keys) {
  if (!held.trim()) return ["empty"];
  try {
    const found = check(`${held.replaceAll("\r\n", "\n").trim()}\n`, keys);
    return found ? ["right", found] : ["other"];
  } catch {
    return [held.trimStart().startsWith("c2sp.org/tlog-proof@v1") ? "wrong" : "none"];
  }
}

for (const part of document.querySelectorAll("main[lang]")) {
  const form = part.querySelector("form"), told = part.querySelector("[data-verdict]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.elements.file.files[0];
    const keys = form.elements.keys.value.split(/\s+/).filter((key) => /^[^+]+\+[0-9a-f]{8}\+\S+$/.test(key));
    const [which, facts] = verdict(file ? await file.text() : form.elements.text.value, keys);
    told.replaceChildren(part.querySelector(`template[data-${which}]`).content.cloneNode(true));
    if (facts) fillIn(told, facts);
    told.focus();
  });
  part.querySelector("[data-speak]").addEventListener("click", ({ target }) => speak(target.lang).querySelector("[data-speak]").focus());
}
speak(root.lang);
