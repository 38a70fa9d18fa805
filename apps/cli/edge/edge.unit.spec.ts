import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
      billing: { addresses: ["http://127.0.0.1:4060", "http://127.0.0.1:4061"], edge: ID, secret: SECRET },
      ...{ folder, staleSeconds: 0, memory: 256 },
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
    expect(await wrong("--edge", "milan")).toBe("--edge must be the id of an edge.");
    expect(await wrong("--stale", "901")).toBe("--stale must be a whole number from 0 to 900.");
    const nowhere = join(folder, "none");
    expect(await wrong("--secret-file", nowhere)).toBe(`The file ${nowhere} cannot be read.`);
    const other = join(folder, "other");
    await writeFile(other, 'secret"\npassword = x');
    expect(await wrong("--secret-file", other)).toBe(`The file ${other} does not hold the secret of an edge alone.`);
  });
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
});
