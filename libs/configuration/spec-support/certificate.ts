import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";

/** PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

/** A value of ASN.1 in DER: its tag, the length, the content. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const hex = (text: string): Buffer => Buffer.from(text, "hex");
const utcTime = (year: number): Buffer => der(0x17, Buffer.from(`${String(year % 100).padStart(2, "0")}0101000000Z`));

const COMMON_NAME = der(0x06, hex("550403"));
const SUBJECT_ALT_NAME = der(0x06, hex("551d11"));
const BASIC_CONSTRAINTS = der(0x06, hex("551d13"));
const TRUE = der(0x01, hex("ff"));
const ECDSA_WITH_SHA256 = sequence(der(0x06, hex("2a8648ce3d040302")));

const nameOf = (text: string): Buffer => sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))));

/** Somebody whose key signs the certificates of others. */
export interface Authority extends Certified {
  readonly name: string;
}

/** A certificate with a new key (RFC 5280, section 4.1), valid from 2020 to 2049. @param by whoever signs it; itself */
const certified = (name: string, extension: Uint8Array, by?: Authority): Certified => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const certificate = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ECDSA_WITH_SHA256,
    nameOf(by?.name ?? name),
    sequence(utcTime(2020), utcTime(2049)),
    nameOf(name),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension)),
  );
  const signature = sign("sha256", certificate, by ? createPrivateKey(by.key) : privateKey);
  const signed = sequence(certificate, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature));
  const lines = signed.toString("base64").replaceAll(/.{64}/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
};

/** A certificate of a host. @param host a name or an IP address (v4) @param by whoever vouches for it; itself */
export const certifiedFor = (host: string, by?: Authority): Certified => {
  const name = isIP(host) === 4 ? der(0x87, Buffer.from(host.split(".").map(Number))) : der(0x82, Buffer.from(host));
  return certified(host, sequence(SUBJECT_ALT_NAME, der(0x04, sequence(name))), by);
};

export const authority = (name: string): Authority => ({
  ...certified(name, sequence(BASIC_CONSTRAINTS, TRUE, der(0x04, sequence(TRUE)))),
  name,
});
