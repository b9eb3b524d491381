// One file with the icons that are used, each a <symbol> named as Tabler names it.
import { readFileSync } from "node:fs";

const ROOM = "node_modules/@tabler/icons/icons/outline";

function symbol(name) {
  const drawn = readFileSync(`${ROOM}/${name}.svg`, "utf8");
  const inside = drawn.slice(drawn.indexOf(">") + 1, drawn.lastIndexOf("</svg>"));
  const paths = inside.split("\n").map((line) => line.trim()).filter((line) => line && !line.includes('stroke="none"'));
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" `
    + `stroke-linecap="round" stroke-linejoin="round">${paths.join("")}</symbol>`;
}

export function sprite(list) {
  return {
    name: "sprite",
    generateBundle() {
      const names = readFileSync(list, "utf8").split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
    },
  };
}
