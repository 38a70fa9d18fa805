import { type Instant } from "#domain/calendar.js";
import {
  changeProviderSettings,
  createProvider,
  advanceTestClock,
  providerEvolver,
  setTestClock,
} from "#domain/providers/provider.js";
import { type HourlyRate } from "#domain/providers/events.js";
import { commandsOn } from "../command/definition.js";
import { awaitWalk } from "../command/await-walk.js";

export interface CreateProvider {
  readonly name: string;
  readonly invoiceNumberPrefix?: string;
  readonly backDatingDays?: number;
  readonly coolingOffDays?: number;
  /** Deliveries to systems outside are answered by the built-in recorder. Only where test clocks are allowed. */
  readonly stubTargets?: boolean;
}
/** Settings left out keep their values. */
export interface ChangeProviderSettings {
  readonly name?: string;
  readonly invoiceNumberPrefix?: string;
  readonly backDatingDays?: number;
  readonly coolingOffDays?: number;
  readonly supportHourlyRate?: HourlyRate | null;
}
export interface SetTestClock {
  readonly at: Instant;
}
export interface AdvanceTestClock {
  readonly to: Instant;
}

const command = commandsOn("provider", providerEvolver);

/** Commands on providers. Settings and clocks are those of the principal's provider. */
export const providerCommands = {
  createProvider: command({
    createsProvider: true,
    needsTestClock: ({ stubTargets = false }: CreateProvider) => stubTargets,
    target: (_input: CreateProvider, { newId }) => newId("provider"),
    decide: ({ invoiceNumberPrefix = "INV-", ...input }, { id, now }) =>
      createProvider({ ...input, providerId: id, invoiceNumberPrefix, now }),
  }),
  changeProviderSettings: command({
    target: (_input: ChangeProviderSettings, { providerId }) => providerId,
    decide: (changes, { state, now }) => changeProviderSettings({ ...changes, now }, state),
  }),
  setTestClock: command({
    movesTime: true,
    target: (_input: SetTestClock, { providerId }) => providerId,
    facts: async (_input, { providerId, facts }) => ({ hasCustomers: await facts.hasCustomers(providerId) }),
    decide: ({ at }, { state, facts }) => setTestClock({ at }, state, facts),
  }),
  advanceTestClock: command({
    movesTime: true,
    target: (_input: AdvanceTestClock, { providerId }) => providerId,
    decide: ({ to }, { state, newId, systemNow }) =>
      advanceTestClock({ advanceId: newId("advance"), to, systemNow }, state),
    finished: ({ revision }, { walks }, { providerId, newId }) =>
      awaitWalk(walks, providerId, newId("advance"), revision),
  }),
};
