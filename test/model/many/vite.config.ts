import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { alias, transform } from "../../../vitest.config.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * The stories as one program. Vitest loads each module by itself, and every call from one into another goes through a
 * property of its exports: a fifth of the CPU of many stories.
 */
export default defineConfig({
  root,
  logLevel: "warn",
  resolve: { alias },
  plugins: [transform],
  build: {
    ssr: "test/model/many/main.ts",
    outDir: "node_modules/.cache/stories",
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: { output: { entryFileNames: "main.js" } },
  },
});
