import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from "@grpc/grpc-js";
import type { Users } from "../credentials/users.js";
import { asRequestError } from "../protocol/errors.js";
import { USER_KEY } from "./user.js";

/** Methods that clients call without credentials, to discover the server. */
const OPEN_TO_ALL = new Set([
  "/event_store.client.server_features.ServerFeatures/GetSupportedMethods",
  "/event_store.client.gossip.Gossip/Read",
]);

/** Passes a call on once its credentials have been checked, with the user for the handler. */
export const authentication =
  (users: Users): ServerInterceptor =>
  ({ path }, call) =>
    OPEN_TO_ALL.has(path)
      ? new ServerInterceptingCall(call)
      : new ServerInterceptingCall(call, {
          start: (next) => {
            next({
              onReceiveMetadata: (metadata, proceed) => {
                users.check(metadata.get("authorization")[0]?.toString()).then(
                  (verdict) => {
                    if (typeof verdict === "string") {
                      call.sendStatus(REFUSALS[verdict]);
                      return;
                    }
                    metadata.remove("authorization");
                    metadata.set(USER_KEY, encodeURIComponent(verdict.user));
                    proceed(metadata);
                  },
                  (error: unknown) => {
                    call.sendStatus(asRequestError(error));
                  },
                );
              },
            });
          },
        });

const REFUSALS = {
  wrong: {
    code: status.UNAUTHENTICATED,
    details: "the call needs the name and password of a user",
    metadata: Metadata.fromHttp2Headers({ exception: "not-authenticated" }),
  },
  busy: {
    code: status.RESOURCE_EXHAUSTED,
    details: "too many passwords are being checked: try again",
    metadata: new Metadata(),
  },
};
