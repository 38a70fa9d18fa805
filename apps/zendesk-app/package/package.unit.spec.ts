import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { type Files } from "./app.js";
import { manifestOf, requirements, translations } from "./manifest.js";
import { packageFiles, zipped } from "./package.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const INSTALLATION = { host: "billing.example.com", email: "support@example.com", version: "1.2.3" };

/** What an agent's browser loads of the app, compressed; Zendesk's SDK apart. */
const BUDGET = 110_000;

const isManifest = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(new URL("manifest.schema.json", import.meta.url), "utf8")) as object,
);

const text = (files: Files, name: string): string => Buffer.from(files[name] ?? []).toString();
const json = (files: Files, name: string): unknown => JSON.parse(text(files, name));
/** What a page loads, in order. */
const loadedBy = (page: string): (string | undefined)[] =>
  [...page.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+)"/g)].map(([, address]) => address);

describe("the package of the app inside Zendesk", () => {
  let withCdn: Files;
  let bundled: Files;
  beforeAll(async () => {
    withCdn = unzipSync(zipped(await packageFiles(ROOT, INSTALLATION, "cdn")));
    bundled = unzipSync(zipped(await packageFiles(ROOT, INSTALLATION, "bundled")));
  });

  it("holds the files that Zendesk wants", () => {
    const files = [
      "assets/app.css",
      "assets/app.js",
      "assets/iframe.html",
      "assets/logo.png",
      "manifest.json",
      "requirements.json",
      "translations/en.json",
      "translations/it.json",
    ];
    expect(Object.keys(withCdn).sort()).toEqual(files);
    expect(Object.keys(bundled).sort()).toEqual([...files, "assets/zaf_sdk.js"].sort());
    expect(json(withCdn, "requirements.json")).toEqual(requirements);
    expect(json(withCdn, "translations/it.json")).toEqual(translations.it);
    // PNG, 320 pixels wide and high.
    const logo = Buffer.from(withCdn["assets/logo.png"] ?? []);
    expect([logo.subarray(1, 4).toString(), logo.readUInt32BE(16), logo.readUInt32BE(20)]).toEqual(["PNG", 320, 320]);
  });

  it("loads Zendesk's own SDK, or the one in it, and nothing else from elsewhere", () => {
    const policy = (page: string) => /script-src ([^;]+);/.exec(page)?.[1];
    const page = text(withCdn, "assets/iframe.html");
    expect(loadedBy(page)).toEqual([
      "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js",
      "./app.js",
      "./app.css",
    ]);
    expect(policy(page)).toBe("'self' https://static.zdassets.com");
    const own = text(bundled, "assets/iframe.html");
    expect(loadedBy(own)).toEqual(["./zaf_sdk.js", "./app.js", "./app.css"]);
    expect(policy(own)).toBe("'self'");
    expect(text(bundled, "assets/zaf_sdk.js")).toMatch(/^var ZAFClient=/);
    expect(text(bundled, "assets/app.js") === text(withCdn, "assets/app.js")).toBe(true);
  });

  it("stays within its budget", () => {
    const sizes = ["app.js", "app.css", "iframe.html"].map((name) => gzipSync(withCdn[`assets/${name}`] ?? "").length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(BUDGET);
  });

  it("is the same whenever it is made", () => {
    const files = { "b.txt": Buffer.from("b"), "a.txt": Buffer.from("a") };
    expect(Object.keys(unzipSync(zipped(files)))).toEqual(["a.txt", "b.txt"]);
    expect(zipped(files)).toEqual(zipped({ "a.txt": Buffer.from("a"), "b.txt": Buffer.from("b") }));
  });

  it("names its parts alike in every language", () => {
    const keys = (value: unknown): unknown =>
      typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, keys(part)]))
        : "";
    expect(keys(translations.it)).toEqual(keys(translations.en));
  });
});

describe("the manifest", () => {
  it("is what the schema says", () => {
    expect([isManifest(manifestOf(INSTALLATION)), isManifest.errors]).toEqual([true, null]);
    expect(manifestOf(INSTALLATION)).toMatchObject({ domainWhitelist: ["billing.example.com"], version: "1.2.3" });
  });

  it.each([
    ["a host with a scheme", { host: "https://billing.example.com" }],
    ["a host with a port", { host: "billing.example.com:8443" }],
    ["any host", { host: "*" }],
    ["no address of e-mail", { email: "support" }],
    ["no version", { version: "" }],
  ])("is refused with %s", (_, change) => {
    expect(isManifest(manifestOf({ ...INSTALLATION, ...change }))).toBe(false);
  });

  it("is refused with a token that reaches the page, and with more than it needs", () => {
    const manifest = manifestOf(INSTALLATION);
    const [url] = manifest.parameters;
    const open = { name: "api_token", type: "text", required: true };
    expect(isManifest({ ...manifest, parameters: [url, open] })).toBe(false);
    expect(isManifest({ ...manifest, private: false })).toBe(false);
    expect(isManifest({ ...manifest, oauth: {} })).toBe(false);
  });
});
