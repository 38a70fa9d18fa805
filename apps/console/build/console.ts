import { createRequire } from "node:module";
import { join } from "node:path";
import { build, type PluginOption } from "vite";

const require = createRequire(import.meta.url);

/** Texts of react-aria in the languages that the console speaks, and no others. */
const optimizeLocales = require("@react-aria/optimize-locales-plugin") as {
  readonly vite: (options: { readonly locales: readonly string[] }) => PluginOption;
};

/** Comments of the page are for those who read its source. */
const withoutComments: PluginOption = {
  name: "without-comments",
  transformIndexHtml: (page) => page.replaceAll(/\s*<!--.*?-->/gs, ""),
};

/**
 * Builds the console.
 *
 * @param root folder of Tenure's sources
 * @param out folder of the files, which is emptied first
 */
export const buildConsole = async (root: string, out: string): Promise<void> => {
  await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "error",
    mode: "production",
    root: join(root, "apps/console/src"),
    base: "/",
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    oxc: { jsx: { runtime: "automatic", development: false } },
    plugins: [withoutComments, optimizeLocales.vite({ locales: ["en-US", "it-IT"] })],
    build: {
      outDir: out,
      emptyOutDir: true,
      target: "es2023",
      // What is small would be written into scripts and styles as data: the policy allows none.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
};
