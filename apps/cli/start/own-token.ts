import { randomBytes } from "node:crypto";
import { ownFile } from "./own-file.js";

/** The token of operators that an embedded installation has made for itself. */
export const ownToken = (dataDir: string): Promise<string> =>
  ownFile(dataDir, "token", () => randomBytes(32).toString("base64url"));
