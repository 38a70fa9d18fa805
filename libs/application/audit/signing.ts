import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { readFileSync } from "node:fs";
import { canonicalJson } from "#event-store/canonical-json.js";

/** A document with who vouches for it, as the files of checkpoints and reports hold it. */
export interface SignedDocument<Document extends object = object> {
  readonly document: Document;
  readonly signature: Signature;
}

export interface Signature {
  readonly algorithm: "Ed25519";
  /** {@link Signing.keyId}: says which key to ask for, and proves nothing. */
  readonly keyId: string;
  /** Over the canonical JSON (RFC 8785, UTF-8) of the document; base64. */
  readonly value: string;
}

/** Signs documents with the key of an installation. */
export interface Signing {
  /** SHA-256 (hex) of the public key in its DER form. */
  readonly keyId: string;
  /** PEM (SubjectPublicKeyInfo), as `tenure public-key` prints it. */
  readonly publicKey: string;
  /** @param document plain JSON; throws a `TypeError` for anything else */
  sign<Document extends object>(document: Document): SignedDocument<Document>;
}

/** The key cannot sign, or cannot check; the message is one sentence for the user and holds nothing of the key. */
export class KeyUnusable extends Error {
  override readonly name = "KeyUnusable";
}

/** A new private key, as a PEM (PKCS #8). */
export const newSigningKey = (): string =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** @param privateKey PEM (PKCS #8) of an Ed25519 key @throws KeyUnusable */
export const signingWith = (privateKey: string): Signing => {
  const key = ed25519(() => createPrivateKey(privateKey), "a private key");
  const publicKey = createPublicKey(key);
  const keyId = keyIdOf(publicKey);
  return {
    keyId,
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    sign: (document) => {
      const value = sign(null, bytesOf(document), key).toString("base64");
      return { document, signature: { algorithm: "Ed25519", keyId, value } };
    },
  };
};

/** Reads the private key of a file. @throws KeyUnusable */
export const signingOf = (file: string): Signing => {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new KeyUnusable(`The signing key ${file} cannot be read (${codeOf(error)}).`, { cause: error });
  }
  try {
    return signingWith(text);
  } catch (error) {
    throw new KeyUnusable(`The file ${file} holds no private Ed25519 key in PEM.`, { cause: error });
  }
};

/** What checking a signature says. `reason` is one sentence. */
export type Checked =
  | { readonly valid: true; readonly document: object; readonly signed: SignedDocument; readonly keyId: string }
  | { readonly valid: false; readonly reason: string };

/** JSON says something twice under one name: which of them counts depends on who reads it. */
export class SaidTwice extends SyntaxError {
  override readonly name = "SaidTwice";
}

const STRINGS = /"(?:[^"\\]|\\.)*"/g;

/**
 * What the file of a checkpoint or report holds, as everybody reads it.
 * @throws SyntaxError for what is no JSON; SaidTwice
 */
export const readSigned = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  // Outside of strings a colon stands behind the name of each member, and nowhere else.
  const members = text.replace(STRINGS, "").split(":").length - 1;
  if (members !== membersIn(value)) throw new SaidTwice("It says something twice, under one name.");
  return value;
};

const membersIn = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, held) => sum + membersIn(held), own);
};

/**
 * Checks what a file of a checkpoint or report holds.
 * @param signed what {@link readSigned} has read of it
 * @param publicKey PEM of the key that is trusted, kept apart from the file
 * @throws KeyUnusable when that is no public Ed25519 key
 */
export const checkSigned = (signed: unknown, publicKey: string): Checked => {
  // A private key would be taken as well, and its public one used: nobody should hand that around.
  const isPrivate = publicKey.includes("PRIVATE KEY");
  const key = ed25519(() => (isPrivate ? null : createPublicKey(publicKey)), "a public key");
  if (!isSigned(signed)) return { valid: false, reason: "It is not a signed document of Tenure." };
  const { document, signature } = signed;
  const keyId = keyIdOf(key);
  if (signature.keyId !== keyId) {
    return { valid: false, reason: `It is signed with another key, ${signature.keyId}; the given one is ${keyId}.` };
  }
  const value = Buffer.from(signature.value, "base64");
  // Base64 has several texts for the same bytes; only one of them was written.
  const isAsWritten = value.toString("base64") === signature.value;
  const isValid = isAsWritten && verify(null, bytesOf(document), key, value);
  return isValid
    ? { valid: true, document, signed, keyId }
    : { valid: false, reason: "The signature does not fit: the document was changed after it was signed." };
};

const bytesOf = (document: object): Buffer => Buffer.from(canonicalJson(document), "utf8");

const keyIdOf = (publicKey: KeyObject): string =>
  createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");

/** @param what "a private key" or "a public key" */
const ed25519 = (read: () => KeyObject | null, what: string): KeyObject => {
  let key: KeyObject | null;
  try {
    key = read();
  } catch (error) {
    throw new KeyUnusable(`This is not ${what} in PEM.`, { cause: error });
  }
  if (key?.asymmetricKeyType !== "ed25519") throw new KeyUnusable(`This is not ${what} for Ed25519.`);
  return key;
};

/** Exactly these members: what stands beside them is not signed, and could be taken for it. */
const isSigned = (value: unknown): value is SignedDocument => {
  if (!hasExactly(value, "document", "signature")) return false;
  const { document, signature } = value;
  if (typeof document !== "object" || document === null) return false;
  if (!hasExactly(signature, "algorithm", "keyId", "value")) return false;
  const { algorithm, keyId, value: text } = signature;
  return algorithm === "Ed25519" && typeof keyId === "string" && typeof text === "string";
};

const hasExactly = <Name extends string>(value: unknown, ...names: readonly Name[]): value is Record<Name, unknown> =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === names.length &&
  names.every((name) => Object.hasOwn(value, name));

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown }).code ?? error);
