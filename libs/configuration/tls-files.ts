import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

/** PEM. */
export interface OwnCertificate {
  readonly cert: string;
  readonly key: string;
}

/** The name of a variable, and the file that it names. */
type Named = readonly [name: string, file: string | undefined];

/**
 * A certificate and its key, each from the file that a variable names.
 * @param problems gets a sentence for each mistake
 * @returns null where none is named, and where there are problems
 */
export const ownCertificate = (cert: Named, key: Named, problems: string[]): OwnCertificate | null => {
  const names = `${cert[0]} and ${key[0]}`;
  if (cert[1] === undefined && key[1] === undefined) return null;
  if (cert[1] === undefined || key[1] === undefined) {
    problems.push(`${names} go together: set both.`);
    return null;
  }
  const read: string[] = [];
  const files = { cert: contentOf(cert[0], cert[1], read), key: contentOf(key[0], key[1], read) };
  if (read.length === 0 && belongTogether(files)) return files;
  problems.push(...(read.length > 0 ? read : [`${names} must hold a certificate and its key, as PEM.`]));
  return null;
};

/** Certificates of those who vouch for others, from the file that a variable names; null where there are problems. */
export const authorities = (name: string, file: string, problems: string[]): string | null => {
  const read: string[] = [];
  const pem = contentOf(name, file, read);
  if (read.length === 0 && isCertificate(pem)) return pem;
  problems.push(...(read.length > 0 ? read : [`${name} must hold certificates, as PEM.`]));
  return null;
};

export const belongTogether = ({ cert, key }: OwnCertificate): boolean => {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
};

/** Whether a text begins with a certificate. */
export const isCertificate = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
};

const contentOf = (name: string, file: string, problems: string[]): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(`The file that ${name} names cannot be read: ${reason}.`);
    return "";
  }
};
