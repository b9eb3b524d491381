// One script and one style sheet per page that stands alone; the pages inline them.
import { defineConfig } from "vite";

export default defineConfig({
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    target: "chrome94",
    outDir: "../src/qingfeng/look/built",
    emptyOutDir: true,
    modulePreload: false,
    lib: { entry: "report/main.js", formats: ["iife"], name: "report", fileName: () => "report.js", cssFileName: "report" },
  },
});
