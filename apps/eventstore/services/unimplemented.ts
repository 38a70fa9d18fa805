import type { sendUnaryData } from "@grpc/grpc-js";
import { unimplemented } from "../protocol/errors.js";

export const unimplementedHandler =
  (what: string) =>
  (_call: unknown, respond: sendUnaryData<never>): void => {
    respond(unimplemented(what));
  };
