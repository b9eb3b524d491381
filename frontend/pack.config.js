// The form for people in the field: one script and one style sheet, both put into one file that opens from a disk.
// Runs after vite.config.js, which empties the folder.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "chrome94",
    cssTarget: "chrome94",
    outDir: "../src/qingfeng/look/built",
    emptyOutDir: false,
    modulePreload: false,
    lib: { entry: "pack/main.js", formats: ["iife"], name: "pack", fileName: () => "pack.js", cssFileName: "pack" },
  },
});
