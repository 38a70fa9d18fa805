import { status } from "@grpc/grpc-js";
import { RequestError } from "./errors.js";

/** Clients recognise these by the trailer `exception`, and read the names beside it. */
const persistentError =
  (code: status, exception: string, what: string) =>
  (source: string, group: string, reason?: string): RequestError =>
    new RequestError(
      code,
      `Subscription group ${group} on stream ${source} ${what}${reason === undefined ? "." : `: ${reason}`}`,
      {
        exception,
        "stream-name": source,
        "group-name": group,
        ...(reason !== undefined && { reason }),
      },
    );

export const subscriptionDoesNotExist = persistentError(
  status.NOT_FOUND,
  "persistent-subscription-does-not-exist",
  "does not exist",
);

export const subscriptionExists = persistentError(
  status.ALREADY_EXISTS,
  "persistent-subscription-exists",
  "exists already",
);

export const subscriptionFailed = persistentError(status.INTERNAL, "persistent-subscription-failed", "failed");

export const subscriptionDropped = persistentError(status.CANCELLED, "persistent-subscription-dropped", "was dropped");

export const tooManySubscribers = persistentError(
  status.FAILED_PRECONDITION,
  "maximum-subscribers-reached",
  "has as many subscribers as it may have",
);
