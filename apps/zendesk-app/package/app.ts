import { join } from "node:path";
import { build, type InlineConfig, type Plugin } from "vite";

/** Where the app gets Zendesk's SDK: `cdn` from Zendesk itself, `bundled` from npm's package in the zip. */
export type Sdk = "cdn" | "bundled";

/** Zendesk's own SDK, which Zendesk keeps up to date. */
const CDN = "https://static.zdassets.com";
const CDN_SDK = `${CDN}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js`;
const BUNDLED_SDK = "zaf_sdk.js";

/** Files by name. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** Builds the app's page: `iframe.html` and what it loads. @param root folder of Tenure's sources */
export const buildApp = async (root: string, sdk: Sdk): Promise<Files> => ({
  ...(await built({
    ...SHARED,
    root: join(root, "apps/zendesk-app/src"),
    base: "./",
    plugins: [withSdk(sdk)],
    build: {
      write: false,
      // One policy for Zendesk's browsers: those of the last two years.
      target: "es2023",
      modulePreload: false,
      rolldownOptions: {
        input: join(root, "apps/zendesk-app/src/iframe.html"),
        output: { entryFileNames: "app.js", assetFileNames: "app[extname]", codeSplitting: false },
      },
    },
  })),
  ...(sdk === "bundled" && (await buildSdk(root))),
});

/** Says nothing but errors, takes nothing from files beside, and builds for agents whatever NODE_ENV is here. */
const SHARED = {
  configFile: false,
  envDir: false,
  publicDir: false,
  logLevel: "error",
  mode: "production",
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  oxc: { jsx: { runtime: "automatic", development: false } },
} satisfies InlineConfig;

/** npm's package as a script that leaves `ZAFClient` behind, as Zendesk's does. */
const buildSdk = (root: string): Promise<Files> =>
  built({
    ...SHARED,
    root,
    build: {
      write: false,
      lib: {
        entry: join(root, "node_modules/zendesk_app_framework_sdk/lib/index.js"),
        name: "ZAFClient",
        formats: ["iife"],
        fileName: () => BUNDLED_SDK,
      },
    },
  });

/** Writes into the page where the SDK is, and lets scripts come from there. */
const withSdk = (sdk: Sdk): Plugin => ({
  name: "sdk-of-zendesk",
  transformIndexHtml: {
    order: "pre",
    handler: (html) =>
      html
        // Comments are for who works on it.
        .replaceAll(/ *<!--.*?-->\n/gs, "")
        .replace("SDK-ADDRESS", sdk === "cdn" ? CDN_SDK : `./${BUNDLED_SDK}`)
        .replace(" SDK-ORIGIN", sdk === "cdn" ? ` ${CDN}` : ""),
  },
});

const built = async (config: InlineConfig): Promise<Files> => {
  const [made] = [await build(config)].flat();
  if (!made || !("output" in made)) throw new Error("Vite built nothing.");
  return Object.fromEntries(
    made.output.map((file) => [
      file.fileName,
      file.type === "chunk" ? Buffer.from(file.code) : Buffer.from(file.source),
    ]),
  );
};
