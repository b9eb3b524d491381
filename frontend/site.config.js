// The site: one script and one style sheet per kind of page, parts loaded when a page has them.
// Runs after vite.config.js, which empties the folder and builds the report.
import { defineConfig } from "vite";
import { compressed } from "./plugins/compressed.js";
import { floor } from "./plugins/floor.js";
import { sprite } from "./plugins/sprite.js";

export default defineConfig({
  base: "./",
  css: {
    postcss: { plugins: [floor()] },
    preprocessorOptions: { scss: { loadPaths: ["node_modules"], quietDeps: true } },
  },
  plugins: [sprite("site/icons.txt"), compressed()],
  build: {
    target: "chrome94",
    cssTarget: "chrome94",
    outDir: "../src/qingfeng/look/built",
    emptyOutDir: false,
    assetsDir: ".",
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: { desk: "site/desk.js", public: "site/public.js", counter: "site/counter.js", culture: "site/culture.js", hall: "site/hall.js", "hall-editor": "site/hall-editor.js", "hall-built": "site/hall-built.js" } },
  },
});
