import { type IncomingHttpHeaders } from "node:http";
import { type Caller } from "#application/access/caller.js";
import { Refused } from "../graphql/refusals.js";
import { type Authenticator } from "./authentication/authenticator.js";

/** Who asks for a file, or why nobody is believed to. */
export const callerOfFile = async (
  authenticator: Authenticator,
  headers: Readonly<IncomingHttpHeaders>,
): Promise<Caller | Refused> => {
  try {
    return await authenticator.caller(headers);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
};
