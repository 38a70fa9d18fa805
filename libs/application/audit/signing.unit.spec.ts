import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSigned, KeyUnusable, newSigningKey, readSigned, SaidTwice, signingOf, signingWith } from "./signing.js";

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
      signed: JSON.parse(JSON.stringify(signing.sign(DOCUMENT))) as unknown,
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

  it("does not hold for a report in which any one character is another one", () => {
    const document = { kind: "AUDIT_INVOICES", verdict: "DIFFERENT", checked: { invoices: 12 }, says: "one\n“two”" };
    const signed = signing.sign(document);
    const text = JSON.stringify(signed, null, 2);
    const holds = (changed: string): boolean => {
      try {
        return checkSigned(readSigned(changed), signing.publicKey).valid;
      } catch {
        return false;
      }
    };
    expect(holds(text)).toBe(true);
    const others = ["0", "1", "A", "z", "/", " ", '"', "\\", ":"];
    const places = Array.from({ length: text.length }, (_, place) => [text.charAt(place), place] as const);
    const passed = places.flatMap(([character, place]) =>
      others.flatMap((other) => {
        if (other === character) return [];
        const changed = `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
        return holds(changed) ? [[character, other]] : [];
      }),
    );
    // Only the blank that stands for another blank between two values says the same.
    expect(passed.filter(([character, other]) => character?.trim() !== "" || other !== " ")).toEqual([]);
  });

  it("does not read what says something twice, which others could read otherwise", () => {
    const signed = signing.sign({ kind: "CHECKPOINT", verdict: "PROVEN", "a:b": ["{:"], __proto__: null, c: '":"' });
    const text = JSON.stringify(signed);
    expect(readSigned(text)).toEqual(JSON.parse(text));
    for (const twice of [
      text.replace('"verdict"', '"verdict":"DIFFERENT","verdict"'),
      text.replace('{"document"', '{"document":{},"document"'),
      text.replace('"keyId"', '"key\\u0049d":"x","keyId"'),
    ]) {
      expect(checkSigned(JSON.parse(twice), signing.publicKey).valid).toBe(true);
      expect(() => readSigned(twice)).toThrow(new SaidTwice("It says something twice, under one name."));
    }
    expect(() => readSigned("{")).toThrow(SyntaxError);
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
