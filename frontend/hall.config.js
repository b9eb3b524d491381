// The halls of the export: one script and one style sheet that open from a disk. Runs after vite.config.js.
import { defineConfig } from "vite";
import { floor } from "./plugins/floor.js";

export default defineConfig({
  css: { postcss: { plugins: [floor()] }, preprocessorOptions: { scss: { loadPaths: ["node_modules"], quietDeps: true } } },
  build: {
    target: "chrome94",
    cssTarget: "chrome94",
    outDir: "../src/qingfeng/look/built",
    emptyOutDir: false,
    modulePreload: false,
    chunkSizeWarningLimit: 1400,
    lib: { entry: "hall/main.js", formats: ["iife"], name: "hall", fileName: () => "hall.js", cssFileName: "hall" },
  },
});
