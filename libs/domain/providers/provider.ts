import { dateOf, type Instant } from "../calendar.js";
import { requireName } from "../input.js";
import { type Evolver } from "../event.js";
import { checkAll, reject } from "../rejection.js";
import { minorUnits, parseAmount } from "../money.js";
import { type HourlyRate, type ProviderEvent } from "./events.js";

export interface Provider {
  readonly providerId: string;
  readonly name: string;
  readonly invoiceNumberPrefix: string;
  /** Days before today through which days of closed billing periods may be changed (docs/rules.md#closed-periods). */
  readonly backDatingDays: number;
  /** A commitment can be annulled through its start plus so many days (docs/rules.md#annul). */
  readonly coolingOffDays: number;
  /** What an hour of support costs. Absent or null: not known. */
  readonly supportHourlyRate?: HourlyRate | null;
  /** The test clock's time; null: the system clock. */
  readonly testClock: Instant | null;
  /** The advance that is under way; null: none is. */
  readonly advance: { readonly advanceId: string; readonly to: Instant } | null;
}

export const DEFAULT_BACK_DATING_DAYS = 90;
export const DEFAULT_COOLING_OFF_DAYS = 14;
/** More days are refused as typing errors: ten years. */
const MOST_DAYS = 3650;

export const providerEvolver: Evolver<Provider | null, ProviderEvent> = {
  initial: null,
  evolve(state, event) {
    if (event.type === "ProviderCreated") {
      const { providerId, name, invoiceNumberPrefix } = event.data;
      const { backDatingDays = DEFAULT_BACK_DATING_DAYS, coolingOffDays = DEFAULT_COOLING_OFF_DAYS } = event.data;
      const settings = { name, invoiceNumberPrefix, backDatingDays, coolingOffDays };
      return { providerId, ...settings, testClock: null, advance: null };
    }
    if (!state) return state;
    switch (event.type) {
      case "ProviderSettingsChanged": {
        const { name, invoiceNumberPrefix } = event.data;
        const { backDatingDays = state.backDatingDays, coolingOffDays = state.coolingOffDays } = event.data;
        const { supportHourlyRate: rate } = event.data;
        const settings = { name, invoiceNumberPrefix, backDatingDays, coolingOffDays };
        return { ...state, ...settings, ...(rate !== undefined && { supportHourlyRate: rate }) };
      }
      case "TestClockSet":
      case "TestClockMoved":
        return { ...state, testClock: event.data.at };
      case "ClockAdvanceOrdered": {
        const { advanceId, to } = event.data;
        return { ...state, advance: { advanceId, to } };
      }
      case "ClockAdvanceCompleted":
        return { ...state, advance: null };
      case "CommandAccepted":
        return state;
    }
  },
};

/** The provider's time: its test clock where that was set, else the system's. */
export const nowOf = (provider: Provider, system: Instant): Instant => provider.testClock ?? system;

const on = (now: Instant) => dateOf(now, "UTC");

/** @throws Rejection VALIDATION_FAILED */
export const createProvider = (
  command: Partial<LimitsOfDays> & {
    readonly providerId: string;
    readonly name: string;
    readonly invoiceNumberPrefix: string;
    readonly stubTargets?: boolean;
    readonly now: Instant;
  },
): ProviderEvent[] => {
  const { providerId, name, invoiceNumberPrefix, stubTargets = false, now } = command;
  const { backDatingDays = DEFAULT_BACK_DATING_DAYS, coolingOffDays = DEFAULT_COOLING_OFF_DAYS } = command;
  checkAll(
    () => requireName(name),
    () => checkedPrefix(invoiceNumberPrefix),
    () => checkedDays(backDatingDays, "backDatingDays"),
    () => checkedDays(coolingOffDays, "coolingOffDays"),
  );
  const data = {
    providerId,
    name: requireName(name),
    invoiceNumberPrefix: checkedPrefix(invoiceNumberPrefix),
    backDatingDays: checkedDays(backDatingDays, "backDatingDays"),
    coolingOffDays: checkedDays(coolingOffDays, "coolingOffDays"),
    ...(stubTargets && { stubTargets }),
    effectiveOn: on(now),
  };
  return [{ type: "ProviderCreated", data }];
};

type LimitsOfDays = Pick<Provider, "backDatingDays" | "coolingOffDays">;

/**
 * Settings that are left out stay. Invoice numbers already assigned keep their prefix.
 * @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT
 */
export const changeProviderSettings = (
  command: Partial<LimitsOfDays> & {
    readonly name?: string;
    readonly invoiceNumberPrefix?: string;
    readonly supportHourlyRate?: HourlyRate | null;
    readonly now: Instant;
  },
  state: Provider | null,
): ProviderEvent[] => {
  const before = existing(state);
  checkAll(
    () => requireName(command.name ?? before.name),
    () => checkedPrefix(command.invoiceNumberPrefix ?? before.invoiceNumberPrefix),
    () => checkedDays(command.backDatingDays ?? before.backDatingDays, "backDatingDays"),
    () => checkedDays(command.coolingOffDays ?? before.coolingOffDays, "coolingOffDays"),
    () => checkedRate(command.supportHourlyRate),
  );
  const settings = {
    name: requireName(command.name ?? before.name),
    invoiceNumberPrefix: checkedPrefix(command.invoiceNumberPrefix ?? before.invoiceNumberPrefix),
    backDatingDays: checkedDays(command.backDatingDays ?? before.backDatingDays, "backDatingDays"),
    coolingOffDays: checkedDays(command.coolingOffDays ?? before.coolingOffDays, "coolingOffDays"),
  };
  const names = ["name", "invoiceNumberPrefix", "backDatingDays", "coolingOffDays"] as const;
  const rate = checkedRate(command.supportHourlyRate);
  const isSameRate = rate === undefined || isEqual(rate, before.supportHourlyRate ?? null);
  if (isSameRate && names.every((setting) => settings[setting] === before[setting])) return [];
  const changed = isSameRate ? {} : { supportHourlyRate: rate };
  return [{ type: "ProviderSettingsChanged", data: { ...settings, ...changed, effectiveOn: on(command.now) } }];
};

/**
 * Sets the test clock, once, and only while no customer exists whose days it would move; afterwards it is advanced.
 * @throws Rejection CONFLICT
 */
export const setTestClock = (
  command: { readonly at: Instant },
  state: Provider | null,
  facts: { readonly hasCustomers: boolean },
): ProviderEvent[] => {
  const provider = existing(state);
  if (provider.testClock !== null) {
    throw reject("CONFLICT", `The test clock was set before and stands at ${provider.testClock}; advance it instead.`, {
      field: "at",
    });
  }
  if (facts.hasCustomers) {
    throw reject("CONFLICT", "The provider has customers already; advance the test clock instead of setting it.", {
      field: "at",
    });
  }
  return [{ type: "TestClockSet", data: { at: command.at, effectiveOn: on(command.at) } }];
};

/**
 * Begins to advance the test clock. A provider on the system clock first gets a test clock that is set to this moment.
 * @throws Rejection CONFLICT (an advance is under way), INVALID_DATE (backwards)
 */
export const advanceTestClock = (
  command: { readonly advanceId: string; readonly to: Instant; readonly systemNow: Instant },
  state: Provider | null,
): ProviderEvent[] => {
  const provider = existing(state);
  if (provider.advance) {
    throw reject("CONFLICT", `The test clock is already moving to ${provider.advance.to}.`, {
      ...{ field: "to", facts: { case: "CLOCK_MOVING", to: provider.advance.to } },
    });
  }
  const now = nowOf(provider, command.systemNow);
  if (command.to < now) {
    throw reject("INVALID_DATE", `The test clock stands at ${now}: it only moves forward.`, {
      ...{ field: "to", facts: { case: "CLOCK_BEHIND", now } },
    });
  }
  const { advanceId, to } = command;
  const ordered: ProviderEvent = { type: "ClockAdvanceOrdered", data: { advanceId, to, effectiveOn: on(now) } };
  return provider.testClock === null
    ? [{ type: "TestClockSet", data: { at: now, effectiveOn: on(now) } }, ordered]
    : [ordered];
};

/** Moves the test clock to a moment of the advance; a moment that has passed changes nothing. */
export const moveClock = (command: { readonly at: Instant }, state: Provider | null): ProviderEvent[] =>
  state?.testClock && state.testClock < command.at
    ? [{ type: "TestClockMoved", data: { at: command.at, effectiveOn: on(command.at) } }]
    : [];

/** Completes the advance; completing it again changes nothing. */
export const completeAdvance = (command: { readonly advanceId: string }, state: Provider | null): ProviderEvent[] =>
  state?.advance?.advanceId === command.advanceId && state.testClock
    ? [{ type: "ClockAdvanceCompleted", data: { advanceId: command.advanceId, effectiveOn: on(state.testClock) } }]
    : [];

const existing = (state: Provider | null): Provider => {
  if (state) return state;
  throw reject("VALIDATION_FAILED", "There is no such provider.", { field: "providerId" });
};

const checkedDays = (days: number, field: keyof LimitsOfDays): number => {
  if (Number.isInteger(days) && days >= 0 && days <= MOST_DAYS) return days;
  throw reject("VALIDATION_FAILED", `${field} is a whole number of days from 0 to ${MOST_DAYS}.`, { field });
};

/** @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT */
const checkedRate = (rate: HourlyRate | null | undefined): HourlyRate | null | undefined => {
  if (!rate) return rate;
  minorUnits(rate.currency, ["supportHourlyRate", "currency"]);
  const amount = parseAmount(rate.amount, rate.currency, ["supportHourlyRate", "amount"]);
  return { amount, currency: rate.currency };
};

const isEqual = (one: HourlyRate | null, other: HourlyRate | null): boolean =>
  one?.amount === other?.amount && one?.currency === other?.currency;

const checkedPrefix = (prefix: string): string => {
  if (/^[A-Za-z0-9/._-]{0,20}$/.test(prefix)) return prefix;
  throw reject("VALIDATION_FAILED", "An invoice number prefix has at most 20 letters, digits or - / . _", {
    field: "invoiceNumberPrefix",
  });
};
