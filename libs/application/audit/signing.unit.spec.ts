import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSigned, KeyUnusable, newSigningKey, signingOf, signingWith } from "./signing.js";

const signing = signingWith(newSigningKey());
const DOCUMENT = { kind: "CHECKPOINT", b: [1, "ü \ud83d"], a: { z: null } };

/** As a file would give it back. */
const fromFile = (value: unknown): unknown => JSON.parse(JSON.stringify(value, null, 2));

describe("signing", () => {
  it("signs the canonical JSON of a document, which anybody can check with the public key", () => {
    const signed = signing.sign(DOCUMENT);
    expect(signed).toEqual({
      document: DOCUMENT,
      signature: { algorithm: "Ed25519", keyId: signing.keyId, value: signed.signature.value },
    });
    const key = createPublicKey(signing.publicKey);
    const der = key.export({ type: "spki", format: "der" });
    expect(signing.keyId).toBe(createHash("sha256").update(der).digest("hex"));
    const canonical = '{"a":{"z":null},"b":[1,"ü \\ud83d"],"kind":"CHECKPOINT"}';
    expect(verify(null, Buffer.from(canonical), key, Buffer.from(signed.signature.value, "base64"))).toBe(true);
    expect(checkSigned(fromFile(signed), signing.publicKey)).toEqual({
      valid: true,
      document: DOCUMENT,
      keyId: signing.keyId,
    });
  });

  it("does not hold for a changed document, another key, or what stands beside the document", () => {
    const signed = signing.sign(DOCUMENT);
    const reasonOf = (value: unknown, publicKey = signing.publicKey) => {
      const checked = checkSigned(value, publicKey);
      return checked.valid ? null : checked.reason;
    };
    const changed = "The signature does not fit: the document was changed after it was signed.";
    const other = signingWith(newSigningKey());
    expect(reasonOf({ ...signed, document: { ...DOCUMENT, b: [2] } })).toBe(changed);
    expect(reasonOf({ ...signed, signature: { ...signed.signature, value: "AAAA" } })).toBe(changed);
    expect(reasonOf(signed, other.publicKey)).toBe(
      `It is signed with another key, ${signing.keyId}; the given one is ${other.keyId}.`,
    );
    // As somebody would who signs himself and names the trusted key.
    const forged = other.sign(DOCUMENT);
    expect(reasonOf({ ...forged, signature: { ...forged.signature, keyId: signing.keyId } })).toBe(changed);
    const none = "It is not a signed document of Tenure.";
    expect(
      [
        { ...signed, verdict: "PROVEN" },
        { document: DOCUMENT },
        { ...signed, signature: { ...signed.signature, algorithm: "none" } },
        null,
        [],
        "x",
      ].map((value) => reasonOf(value)),
    ).toEqual([none, none, none, none, none, none]);
  });

  it("reads its key from a file, and says why it cannot without a word of the key", () => {
    const folder = mkdtempSync(join(tmpdir(), "tenure-signing-"));
    try {
      const file = join(folder, "key.pem");
      const key = newSigningKey();
      writeFileSync(file, key);
      expect(signingOf(file).publicKey).toBe(signingWith(key).publicKey);
      const other = generateKeyPairSync("ed448").privateKey;
      writeFileSync(file, other.export({ type: "pkcs8", format: "pem" }));
      expect(() => signingOf(file)).toThrow(new KeyUnusable(`The file ${file} holds no private Ed25519 key in PEM.`));
      expect(() => signingOf(join(folder, "none"))).toThrow(
        new KeyUnusable(`The signing key ${join(folder, "none")} cannot be read (ENOENT).`),
      );
      expect(() => checkSigned({}, key)).toThrow(new KeyUnusable("This is not a public key for Ed25519."));
      expect(() => checkSigned({}, "x")).toThrow(new KeyUnusable("This is not a public key in PEM."));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
