// What pages of the export run at once: one small script that opens from a disk. Runs after vite.config.js.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "chrome94",
    outDir: "../src/qingfeng/look/built",
    emptyOutDir: false,
    modulePreload: false,
    lib: { entry: "tour/begin.js", formats: ["iife"], name: "begin", fileName: () => "begin.js" },
  },
});
