import { randomUUID } from "node:crypto";
import type { Metadata } from "@grpc/grpc-js";

/** Metadata key of the authenticated user of a call. The name is random, so clients cannot set it. */
export const USER_KEY = `user-${randomUUID()}`;

export const userOf = (metadata: Metadata): string => {
  const user = metadata.get(USER_KEY)[0]?.toString();
  return user === undefined ? "anonymous" : decodeURIComponent(user);
};
