import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { packageFiles, zipped } from "./package.js";

/* `npm run zendesk-app:package`, from the repository's root: writes the file that Zendesk takes. */

const USAGE = `Packages the app inside Zendesk: a file that an administrator of Zendesk uploads (docs/integrations.md).

Usage: npm run zendesk-app:package -- [options]

  --host HOST      host of Tenure's public address, e.g. billing.example.com; default: that of TENURE_PUBLIC_URL
  --email ADDRESS  whom administrators of Zendesk write to about the app; default: support@HOST
  --bundle-sdk     put npm's copy of Zendesk's SDK into the package; default: Zendesk's own, from its CDN
  --out FILE       where to write; default: dist/zendesk-app.zip
  --help           this page`;

/** The host of an address, or of a host's name; null: it is neither. */
const hostOf = (text: string): string | null => {
  const address = text.includes("://") ? text : `https://${text}`;
  return URL.canParse(address) ? new URL(address).hostname : null;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      host: { type: "string" },
      email: { type: "string" },
      "bundle-sdk": { type: "boolean", default: false },
      out: { type: "string", default: "dist/zendesk-app.zip" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const named = values.host ?? process.env["TENURE_PUBLIC_URL"] ?? "";
  const host = hostOf(named);
  if (host === null) {
    const mistake = named === "" ? "" : `"${named}" is no host. `;
    console.error(`${mistake}Say where Tenure is: --host HOST, or TENURE_PUBLIC_URL.\n\n${USAGE}`);
    return 2;
  }
  const { version } = JSON.parse(await readFile(resolve("package.json"), "utf8")) as { readonly version: string };
  const installation = { host, email: values.email ?? `support@${host}`, version };
  const sdk = values["bundle-sdk"] ? "bundled" : "cdn";
  const zip = zipped(await packageFiles(resolve("."), installation, sdk));
  const out = resolve(values.out);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, zip);
  console.log(
    `${values.out}: ${zip.length} bytes, for ${host}, SDK ${sdk === "cdn" ? "from Zendesk's CDN" : "inside"}.`,
  );
  return 0;
};

process.exitCode = await main();
