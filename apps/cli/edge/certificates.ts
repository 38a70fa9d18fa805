import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { belongTogether, isCertificate } from "#configuration/tls-files.js";
import { UsageError } from "../server-options.js";

/** What one side of a connection proves itself with, and whom it believes. */
export interface Certificates {
  /** Of those who vouch for the other side. */
  readonly ca: PemFile;
  readonly cert: PemFile;
  readonly key: PemFile;
}

export interface PemFile {
  /** Absolute. */
  readonly path: string;
  readonly pem: string;
}

/** The three files, as options name them: `--api-ca-file`, ... */
export type CertificateOptions = Readonly<Record<"ca" | "cert" | "key", string | undefined>>;

/**
 * @param of begins the names of the options: `api`, `sip`
 * @returns null where none is named
 * @throws UsageError
 */
export const certificatesOf = async (of: "api" | "sip", files: CertificateOptions): Promise<Certificates | null> => {
  const { ca, cert, key } = files;
  if ((ca ?? cert ?? key) === undefined) return null;
  if (ca === undefined || cert === undefined || key === undefined)
    throw new UsageError(`${optionsOf(of)} go together.`);
  const all = { ca: await pemIn(ca), cert: await pemIn(cert), key: await pemIn(key) };
  if (!isCertificate(all.ca.pem)) throw new UsageError(`The file ${ca} must hold certificates, as PEM.`);
  if (belongTogether({ cert: all.cert.pem, key: all.key.pem })) return all;
  throw new UsageError(`The files ${cert} and ${key} must hold a certificate and its key, as PEM.`);
};

export const optionsOf = (of: "api" | "sip"): string => `--${of}-ca-file, --${of}-cert-file and --${of}-key-file`;

const pemIn = async (file: string): Promise<PemFile> => {
  const pem = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`The file ${file} cannot be read.`);
  });
  return { path: resolve(file), pem };
};
