import { randomUUID } from "node:crypto";
import type { Metadata } from "@grpc/grpc-js";

/** Where a call's metadata says who called, once that has been checked. No client knows the name, so none can set it. */
export const USER_KEY = `user-${randomUUID()}`;

export const userOf = (metadata: Metadata): string => {
  const user = metadata.get(USER_KEY)[0]?.toString();
  return user === undefined ? "anonymous" : decodeURIComponent(user);
};
