// The public counter: no page needs this. It spares the waiting, and nothing is sent twice.
import "./counter.scss";
import { checks } from "./js/checking.js";
import { work } from "./js/work.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  addEventListener("pageshow", (shown) => shown.persisted && delete form.dataset.sent, { once: true });
});
for (const field of document.querySelectorAll("input[data-work]")) work(field);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const proof = document.querySelector("form[data-proof]");
if (proof) checks(proof);
document.querySelector("#wrong")?.focus();
