import { type GivenKey, grantKey, keyEvolver, requireKey, requireText, revokeKey } from "#domain/keys/key.js";
import { commandsOn } from "../command/definition.js";
import { DEFAULT_PROVIDER_ID } from "../providers/default-provider.js";
import { newSecret } from "./secret.js";

export type GrantKey = GivenKey;
export interface RevokeKey {
  readonly keyId: string;
  readonly reason: string;
}

const command = commandsOn("key", keyEvolver);

/** Commands on API keys, decided by the system's time: a credential knows no test clock, and waits for none. */
export const keyCommands = {
  grantKey: command({
    inSystemTime: true,
    check: requireKey,
    target: (_input: GrantKey, { newId }) => newId("key"),
    // Made here, not in the decider, which is pure; made anew when the command is decided again.
    facts: () => Promise.resolve(newSecret()),
    decide: (key, { id, systemNow, principal, facts: { secretHash } }) =>
      grantKey({
        ...key,
        ...{ keyId: id, secretHash, by: principal.roles, now: systemNow },
        ofDefaultProvider: principal.providerId === DEFAULT_PROVIDER_ID,
      }),
    // Of a repeated command there are no facts: the secret is nowhere any more.
    answer: ({ facts }) => Promise.resolve({ secret: facts?.secret ?? null }),
  }),
  revokeKey: command({
    inSystemTime: true,
    check: ({ reason }: RevokeKey) => void requireText(reason, "reason"),
    target: ({ keyId }: RevokeKey) => keyId,
    decide: ({ reason }, { state, systemNow, principal }) =>
      revokeKey({ reason, by: principal.roles, now: systemNow }, state),
  }),
};
