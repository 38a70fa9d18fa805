import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KeyUnusable, newSigningKey, signingWith } from "#application/audit/signing.js";
import { readPrimaryFile, signingKeyIn, writePrimaryFile } from "./primary-file.js";
import { ownSigningKey, restoreOwnSigningKey, signingFor } from "./signing-key.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenure-signing-key-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const nothing = async function* () {
  yield await Promise.resolve({ table: "provider_secrets", count: 0 });
};

describe("the signing key of an installation", () => {
  it("is saved with the primary tables, and comes back beside the one made meanwhile", async () => {
    const [saved, meanwhile] = [newSigningKey(), newSigningKey()];
    const file = join(folder, "primary.json");
    await writePrimaryFile(file, nothing(), saved);
    const parts: unknown[] = [];
    for await (const part of readPrimaryFile(file)) parts.push(part);
    expect([parts, await signingKeyIn(file)]).toEqual([[{ table: "provider_secrets", count: 0 }], saved]);
    rmSync(file);

    expect(ownSigningKey(folder)).toBeNull();
    expect(await restoreOwnSigningKey(folder, meanwhile)).toBe(false);
    expect(await restoreOwnSigningKey(folder, saved)).toBe(true);
    expect(await restoreOwnSigningKey(folder, saved)).toBe(false);
    const kept = `signing-key.${signingWith(meanwhile).keyId.slice(0, 16)}.pem`;
    expect(readdirSync(folder).sort()).toEqual([kept, "signing-key.pem"].sort());
    expect(readFileSync(join(folder, kept), "utf8")).toBe(meanwhile);
    expect(ownSigningKey(folder)).toBe(saved);
    expect(statSync(join(folder, "signing-key.pem")).mode & 0o777).toBe(0o600);
  });

  it("is none in a backup without one", async () => {
    const file = join(folder, "primary.json");
    await writePrimaryFile(file, nothing(), null);
    expect(await signingKeyIn(file)).toBeNull();
  });

  it("is the one that the environment names, before the data folder's own", () => {
    const [own, given] = [newSigningKey(), newSigningKey()];
    expect(() => signingFor(folder, {})).toThrow(KeyUnusable);
    writeFileSync(join(folder, "signing-key.pem"), own);
    writeFileSync(join(folder, "given.pem"), given);
    expect(signingFor(folder, {}).keyId).toBe(signingWith(own).keyId);
    const named = { TENURE_SIGNING_KEY_FILE: join(folder, "given.pem") };
    expect(signingFor(folder, named).keyId).toBe(signingWith(given).keyId);
  });
});
