import { z } from "zod";
import { ConfigurationError, type Environment, MAX_PORT, readEnvironment } from "#configuration/environment.js";
import { authorities, type OwnCertificate, ownCertificate } from "#configuration/tls-files.js";

/** Where an API listens for edges. */
export interface EdgeListen {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** PEM; `clientCa` vouches for the certificates of edges. Default: no TLS. */
  readonly tls?: OwnCertificate & { readonly clientCa: string };
}

const FILES = "EDGE_TLS_CERT_FILE, EDGE_TLS_KEY_FILE and EDGE_TLS_CLIENT_CA_FILE";
const ADDRESS = /^(?:(\d{1,3}(?:\.\d{1,3}){3}|localhost|\[[\da-fA-F:.]+\]):)?(\d{1,5})$/;
const LOOPBACK = /^(?:127\.|localhost$|::1$)/;

const variables = z.object({
  EDGE_LISTEN: z
    .string()
    .transform((given) => ADDRESS.exec(given))
    .refine((found) => found !== null && Number(found[2]) <= MAX_PORT, {
      error: "EDGE_LISTEN must be a port, or an address of this machine with a port, such as 127.0.0.1:4060.",
    })
    .transform((found) => ({
      host: (found?.[1] ?? "127.0.0.1").replace(/^\[(.*)\]$/, "$1"),
      port: Number(found?.[2] ?? 0),
    }))
    .optional(),
  EDGE_TLS_CERT_FILE: z.string().optional(),
  EDGE_TLS_KEY_FILE: z.string().optional(),
  EDGE_TLS_CLIENT_CA_FILE: z.string().optional(),
});

/**
 * Secrets of edges come over it: beyond this machine by TLS alone, and from those who show a certificate themselves.
 * @returns undefined where the API does not listen for edges
 * @throws ConfigurationError
 */
export const readEdgeListen = (environment: Environment): EdgeListen | undefined => {
  const told = readEnvironment(variables, environment);
  const { EDGE_LISTEN: listen, EDGE_TLS_CERT_FILE: cert, EDGE_TLS_KEY_FILE: key, EDGE_TLS_CLIENT_CA_FILE: ca } = told;
  const given = [cert, key, ca].filter((file) => file !== undefined).length;
  if (given === 0) {
    if (!listen || LOOPBACK.test(listen.host)) return listen;
    throw new ConfigurationError([`EDGE_LISTEN is open to a network: set ${FILES}, by which edges come in.`]);
  }
  if (!listen) throw new ConfigurationError([`EDGE_LISTEN must be set with ${FILES}.`]);
  if (given < 3 || ca === undefined) throw new ConfigurationError([`${FILES} go together: set all three.`]);
  const problems: string[] = [];
  const own = ownCertificate(["EDGE_TLS_CERT_FILE", cert], ["EDGE_TLS_KEY_FILE", key], problems);
  const clientCa = authorities("EDGE_TLS_CLIENT_CA_FILE", ca, problems);
  if (own === null || clientCa === null) throw new ConfigurationError(problems);
  return { ...listen, tls: { ...own, clientCa } };
};
