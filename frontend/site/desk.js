// The desk. Every page works without this script; with it, parts of pages are fetched alone,
// keys work, a form is sent once, and what was typed is not lost.
import "./desk.scss";
import htmx from "htmx.org";
import { defineChart } from "./js/chart.js";
import { keepDrafts } from "./js/drafts.js";
import { guardForms } from "./js/guard.js";
import { listenToKeys } from "./js/keys.js";
import { defineMap } from "./js/map.js";
import { typeInGrids } from "./js/grid.js";
import { closeMenus } from "./js/menus.js";
import { lookForNames } from "./js/names.js";
import { rememberRail } from "./js/rail.js";
import { refreshWall } from "./js/wall.js";
import { followMoments } from "./js/timeline.js";
import { defineUpload } from "./js/upload.js";

window.htmx = htmx;
guardForms();
closeMenus();
lookForNames();
rememberRail();
listenToKeys();
keepDrafts();
defineChart();
refreshWall();
defineMap();
followMoments();
defineUpload();
typeInGrids();
