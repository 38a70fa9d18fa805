import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authority, certifiedFor } from "#configuration/spec-support/certificate.js";
import { addressList, billingFile } from "./kamailio.js";
import { readOptions } from "./options.js";

const ID = "00000000-0000-4000-8000-000000000080";
const SECRET = "tnr_0123456789abcdef0123456789abcdef0123456789a";
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edge-options-"));
  file = join(folder, "secret");
  await writeFile(file, `${SECRET}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const given = () => [
  ...["--listen", "udp:10.0.0.1:5060", "--listen", "udp:[::1]:5060", "--api", "http://127.0.0.1:4060/"],
  ...["--edge", ID, "--secret-file", file, "--folder", folder],
];

describe("the options of tenure edge", () => {
  it("name addresses, APIs, the edge and its secret", async () => {
    expect(await readOptions([...given(), "--api", "http://127.0.0.1:4061", "--stale", "0"])).toEqual({
      listen: ["udp:10.0.0.1:5060", "udp:[::1]:5060"],
      billing: {
        ...{ addresses: ["http://127.0.0.1:4060", "http://127.0.0.1:4061"], edge: ID, secret: SECRET },
        certificates: null,
      },
      ...{ folder, staleSeconds: 0, memory: 256, certificates: null },
    });
    expect(await readOptions(["--help"])).toBe("help");
  });

  it("are refused in a sentence each", async () => {
    const wrong = async (...more: readonly string[]) =>
      readOptions([...given(), ...more]).catch((error: unknown) => (error as Error).message);
    expect(await wrong("--listen", "10.0.0.1")).toBe("--listen must be an address such as udp:10.0.0.1:5060.");
    expect(await wrong("--api", "https://x/graphql")).toBe(
      '--api must be an address such as http://127.0.0.1:4060, not "https://x/graphql".',
    );
    const [sip, api] = ["sip", "api"].map((of) => `--${of}-ca-file, --${of}-cert-file and --${of}-key-file`);
    expect(await wrong("--listen", "tls:10.0.0.1:5061")).toBe(`--listen tls:... needs ${sip}.`);
    expect(await wrong("--api", "https://billing.example")).toBe(`--api https:... needs ${api}.`);
    expect(await wrong("--api-ca-file", file)).toBe(`${api} go together.`);
    expect(await wrong("--edge", "milan")).toBe("--edge must be the id of an edge.");
    expect(await wrong("--stale", "901")).toBe("--stale must be a whole number from 0 to 900.");
    const nowhere = join(folder, "none");
    expect(await wrong("--secret-file", nowhere)).toBe(`The file ${nowhere} cannot be read.`);
    const other = join(folder, "other");
    await writeFile(other, 'secret"\npassword = x');
    expect(await wrong("--secret-file", other)).toBe(`The file ${other} does not hold the secret of an edge alone.`);
  });
});

it("takes certificates that are what they should be, and not without addresses that need them", async () => {
  const pem = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const [ca, own] = [authority("PBXs"), certifiedFor("10.0.0.1")];
  const files = {
    ...{ ca: await pem("ca.pem", ca.cert), cert: await pem("own.pem", own.cert) },
    ...{ key: await pem("own.key", own.key), other: await pem("other.key", ca.key) },
  };
  const read = (changes: Partial<typeof files>, ...more: readonly string[]) => {
    const named = { ...files, ...changes };
    return readOptions([
      ...[...given(), "--sip-ca-file", named.ca, "--sip-cert-file", named.cert, "--sip-key-file", named.key],
      ...more,
    ]);
  };
  const tls = ["--listen", "tls:10.0.0.1:5061"];
  expect(await read({}, ...tls)).toMatchObject({
    certificates: { ca: { path: files.ca, pem: ca.cert }, key: { path: files.key, pem: own.key } },
  });
  const wrong = (...of: Parameters<typeof read>) => read(...of).catch((error: unknown) => (error as Error).message);
  expect(await wrong({})).toBe("--sip-ca-file, --sip-cert-file and --sip-key-file go with --listen tls:...");
  expect(await wrong({ key: files.other }, ...tls)).toBe(
    `The files ${files.cert} and ${files.other} must hold a certificate and its key, as PEM.`,
  );
  expect(await wrong({ ca: files.key }, ...tls)).toBe(`The file ${files.key} must hold certificates, as PEM.`);
  const nowhere = join(folder, "nowhere");
  expect(await wrong({ cert: nowhere }, ...tls)).toBe(`The file ${nowhere} cannot be read.`);
});

it("writes addresses and where billing is as Kamailio reads them", () => {
  expect(addressList(["10.0.0.7", "10.1.0.0/24", "fe80::1", "fe80::/64"])).toBe(
    "1 10.0.0.7 32\n1 10.1.0.0 24\n1 fe80::1 128\n1 fe80:: 64\n",
  );
  const section = (name: string, url: string) =>
    `[${name}]\nurl = "${url}"\nusername = ${ID}\npassword = ${SECRET}\nauthmethod = 1\ntimeout = 1\n`;
  const addresses = ["http://127.0.0.1:4060", "http://127.0.0.1:4061"] as const;
  expect(billingFile({ addresses, edge: ID, secret: SECRET }, 1)).toBe(
    `${section("billing", addresses[0])}\n${section("second", addresses[1])}`,
  );
  const file = (name: string) => ({ path: `/etc/edge/${name}`, pem: "" });
  const certificates = { ca: file("ca.pem"), cert: file("own.pem"), key: file("own.key") };
  const proved = 'client_cert = "/etc/edge/own.pem"\nclient_key = "/etc/edge/own.key"\n';
  expect(billingFile({ addresses: ["https://b.example"], edge: ID, secret: SECRET, certificates }, 1)).toBe(
    section("billing", "https://b.example") + proved,
  );
});
