// The public counter: no page needs this. It spares the waiting, and nothing is sent twice.
import "./counter.scss";
import { checks } from "./js/checking.js";
import { sendsOnce, stays } from "./js/steady.js";
import { work } from "./js/work.js";

sendsOnce();
stays(document.querySelector("form[data-stay]"), document.querySelector("[data-done]"));
for (const field of document.querySelectorAll("input[data-work]")) work(field);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const proof = document.querySelector("form[data-proof]");
if (proof) checks(proof);
document.querySelector("#wrong")?.focus();
