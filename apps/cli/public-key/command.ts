import { resolve } from "node:path";
import { KeyUnusable } from "#application/audit/signing.js";
import { readArguments, tell } from "../server-options.js";
import { signingFor } from "../signing-key.js";

const HELP = `Usage: tenure public-key [options]

Prints the public key (PEM) that belongs to the installation's signing key: give it to whoever is to check its reports
and checkpoints with "tenure verify-report". The signing key is the one that TENURE_SIGNING_KEY_FILE names, else the one
in the data folder.

Options
  --data DIR    data folder of an embedded installation    TENURE_DATA, default .tenure
  --help        this text

Exit code: 0 printed, 2 there is no key.`;

/** `tenure public-key` */
export const run = (argv: string[]): Promise<number> => {
  try {
    const options = { data: { type: "string" }, help: { type: "boolean", short: "h", default: false } } as const;
    const { data, help } = readArguments({ args: argv, options }).values;
    if (help) console.log(HELP);
    else {
      const dataDir = resolve(data ?? (process.env["TENURE_DATA"] || ".tenure"));
      process.stdout.write(signingFor(dataDir, process.env).publicKey);
    }
    return Promise.resolve(0);
  } catch (error) {
    if (error instanceof KeyUnusable) console.error(error.message);
    else tell(error);
    return Promise.resolve(2);
  }
};
