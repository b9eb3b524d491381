// The check of a receipt as one file that opens from a disk: one script, one style sheet. Runs after vite.config.js.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "chrome94",
    cssTarget: "chrome94",
    outDir: "../src/qingfeng/look/built",
    emptyOutDir: false,
    modulePreload: false,
    lib: { entry: "checker/main.js", formats: ["iife"], name: "checker", fileName: () => "checker.js", cssFileName: "checker" },
  },
});
