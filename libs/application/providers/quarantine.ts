import { dateOf } from "#domain/calendar.js";
import { isQuarantined, quarantineEvent, quarantineEvolver } from "#domain/providers/quarantine.js";
import { reject } from "#domain/rejection.js";
import { commandsOn } from "../command/definition.js";

/** Names the event before which the provider is stalled, as health and the query `stalls` show it. */
export interface QuarantineEvent {
  readonly stream: string;
  /** Decimal text. */
  readonly revision: string;
  /** Why it is passed over from now on. */
  readonly reason: string;
}

const command = commandsOn("quarantine", quarantineEvolver);

export const quarantineCommands = {
  quarantineEvent: command({
    inSystemTime: true,
    target: (_input: QuarantineEvent, { providerId }) => providerId,
    facts: (event, { providerId, facts }) => facts.stalledEvent(providerId, event),
    decide: ({ stream, revision, reason }, { state, facts, now }) => {
      if (isQuarantined(state, { stream, revision })) return [];
      if (!facts) {
        throw reject("VALIDATION_FAILED", `The provider is not stalled before ${stream}@${revision}.`, {
          field: "revision",
        });
      }
      return quarantineEvent({ stream, revision, reason, ...facts, today: dateOf(now, "UTC") }, state);
    },
  }),
};
