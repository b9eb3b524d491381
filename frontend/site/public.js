// Public pages: little script, and none that a page needs. htmx comes only where a part refreshes itself.
import "./public.scss";
import { defineChart } from "./js/chart.js";
import { checks } from "./js/checking.js";
import { keepDrafts } from "./js/drafts.js";
import { guardForms } from "./js/guard.js";
import { closeMenus } from "./js/menus.js";

const proof = document.querySelector("form[data-proof]");
if (proof) checks(proof);
guardForms();
closeMenus();
keepDrafts();
defineChart();
const ballots = document.querySelector("[data-ballots]");
if (ballots) import("./js/ballots.js").then(({ fillInBallots }) => fillInBallots(ballots));
if (document.querySelector("[hx-get], [hx-post]")) import("htmx.org");
