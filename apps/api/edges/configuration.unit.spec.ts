import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError, type Environment } from "#configuration/environment.js";
import { authority, certifiedFor } from "#configuration/spec-support/certificate.js";
import { readEdgeListen } from "./configuration.js";

const [ca, own] = [authority("Edges"), certifiedFor("10.0.0.1")];
let folder: string;
let files: Readonly<Record<"EDGE_TLS_CERT_FILE" | "EDGE_TLS_KEY_FILE" | "EDGE_TLS_CLIENT_CA_FILE", string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edge-listen-"));
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  files = {
    EDGE_TLS_CERT_FILE: await write("cert.pem", own.cert),
    EDGE_TLS_KEY_FILE: await write("key.pem", own.key),
    EDGE_TLS_CLIENT_CA_FILE: await write("ca.pem", ca.cert),
  };
});
afterAll(() => rm(folder, { recursive: true }));

const problems = (environment: Environment): readonly string[] => {
  try {
    readEdgeListen(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

describe("where the API listens for edges", () => {
  it("is nowhere unless told, and on this machine without TLS", () => {
    const listen = (text: string) => readEdgeListen({ EDGE_LISTEN: text });
    expect(readEdgeListen({})).toBeUndefined();
    expect(listen("4060")).toEqual({ host: "127.0.0.1", port: 4060 });
    expect(listen("127.0.0.2:4060")).toEqual({ host: "127.0.0.2", port: 4060 });
    expect(listen("[::1]:0")).toEqual({ host: "::1", port: 0 });
    for (const wrong of ["127.0.0.1", "70000", "billing.example:4060"]) {
      expect(problems({ EDGE_LISTEN: wrong })).toEqual([
        "EDGE_LISTEN must be a port, or an address of this machine with a port, such as 127.0.0.1:4060.",
      ]);
    }
  });

  it("is open to a network by certificates of both sides only", () => {
    const all = "EDGE_TLS_CERT_FILE, EDGE_TLS_KEY_FILE and EDGE_TLS_CLIENT_CA_FILE";
    for (const open of ["0.0.0.0:4060", "10.0.0.1:4060", "[::]:4060"]) {
      expect(problems({ EDGE_LISTEN: open })).toEqual([
        `EDGE_LISTEN is open to a network: set ${all}, by which edges come in.`,
      ]);
    }
    expect(readEdgeListen({ EDGE_LISTEN: "10.0.0.1:4060", ...files })).toEqual({
      ...{ host: "10.0.0.1", port: 4060, tls: { ...own, clientCa: ca.cert } },
    });
    const { EDGE_TLS_CLIENT_CA_FILE: _, ...withoutCa } = files;
    expect(problems({ EDGE_LISTEN: "10.0.0.1:4060", ...withoutCa })).toEqual([`${all} go together: set all three.`]);
    expect(problems(files)).toEqual([`EDGE_LISTEN must be set with ${all}.`]);
  });

  it("tells which file is wrong", () => {
    const listen = { EDGE_LISTEN: "10.0.0.1:4060", ...files };
    expect(problems({ ...listen, EDGE_TLS_CLIENT_CA_FILE: files.EDGE_TLS_KEY_FILE })).toEqual([
      "EDGE_TLS_CLIENT_CA_FILE must hold certificates, as PEM.",
    ]);
    expect(problems({ ...listen, EDGE_TLS_KEY_FILE: files.EDGE_TLS_CERT_FILE })).toEqual([
      "EDGE_TLS_CERT_FILE and EDGE_TLS_KEY_FILE must hold a certificate and its key, as PEM.",
    ]);
    expect(problems({ ...listen, EDGE_TLS_CERT_FILE: `${folder}/none` })).toEqual([
      expect.stringMatching(/^The file that EDGE_TLS_CERT_FILE names cannot be read: ENOENT/),
    ]);
  });
});
