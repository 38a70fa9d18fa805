import { PROVIDER } from "#event-store/spec-support/counter.js";
import { type CommandEnvelope } from "../command/decide-and-append.js";
import { identify } from "../command/idempotency.js";

/** The envelope of a command on a counter. */
export const envelope = (key: string, body: unknown = {}, name = "add", actor = "spec"): CommandEnvelope => ({
  ...identify(PROVIDER, actor, key, name, body),
  provider: PROVIDER,
  actor,
  recordedAt: "2020-07-01T00:00:00.000Z",
});
