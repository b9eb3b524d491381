// A hall of the export: one script that opens from a disk. Scenes and pictures come as scripts, for a page on a
// disk may fetch nothing else.
import "../site/hall.scss";
import { fromDisk } from "../site/js/hall-offline.js";
import { walk } from "../site/js/hall-walk.js";

const stage = document.querySelector("[data-hall]");
if (stage) walk(stage, fromDisk(stage));
