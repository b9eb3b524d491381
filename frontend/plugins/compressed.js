// Beside every file its compressed copy, so that the site sends few bytes without a proxy in front.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

export function compressed() {
  let folder;
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) { folder = join(config.root, config.build.outDir); },
    closeBundle() {
      for (const name of readdirSync(folder).filter((one) => /-[\w-]{8}\.(js|css|svg)$/.test(one))) {
        const text = readFileSync(join(folder, name));
        writeFileSync(join(folder, name + ".gz"), gzipSync(text, { level: 9 }));
        writeFileSync(join(folder, name + ".br"), brotliCompressSync(text));
      }
    },
  };
}
