// Halls: every page is whole without this. It lays the scene one can turn in over its still picture, where the
// browser has a drawing surface; the viewer is fetched once the page has been read.
import "./hall.scss";

const stage = document.querySelector("[data-hall]");
if (stage) import("./js/hall-walk.js").then(({ walk }) => walk(stage));
