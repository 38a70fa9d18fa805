import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { ServerCredentials } from "@grpc/grpc-js";
import type { ServerOptions } from "./options.js";
import { messageOf, StartupFailure } from "./startup-failure.js";

/** Throws StartupFailure. */
export const serverCredentials = ({ tls }: ServerOptions): ServerCredentials => {
  if (!tls) return ServerCredentials.createInsecure();
  const certificate = read("certificate", tls.certificate);
  const key = read("key", tls.key);
  try {
    createSecureContext({ cert: certificate, key });
  } catch (error) {
    throw new StartupFailure(
      `the TLS certificate ${tls.certificate} and key ${tls.key} do not make a pair: ${messageOf(error)}`,
    );
  }
  return ServerCredentials.createSsl(null, [{ cert_chain: certificate, private_key: key }]);
};

const read = (what: string, path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new StartupFailure(`the TLS ${what} ${path} cannot be read: ${messageOf(error)}`);
  }
};
