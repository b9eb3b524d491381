// The map of the export: one script and one style sheet that open from a disk. Runs after vite.config.js.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "chrome94",
    cssTarget: "chrome94",
    outDir: "../src/qingfeng/look/built",
    emptyOutDir: false,
    modulePreload: false,
    chunkSizeWarningLimit: 1400,
    lib: { entry: "tour/main.js", formats: ["iife"], name: "tour", fileName: () => "tour.js", cssFileName: "tour" },
  },
});
