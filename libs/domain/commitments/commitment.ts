import { inForceOn } from "../by-day.js";
import { addDays, type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { type Because, given } from "../step.js";
import { type ScheduledUpgrade } from "./coming-terms.js";
import {
  type Commitment,
  type DiscountSetting,
  type Holder,
  type Pause,
  type TimeLimitedUpgrade,
} from "./commitment-state.js";
import { type CommitmentEvent, type DiscountEndBound, type DiscountEndBounds, type PauseScheduled } from "./events.js";
import { type PauseChange } from "./pause-changes.js";
import { type PauseRequest, withAnswer } from "./pause-request.js";

export type * from "./commitment-state.js";

type Data<Type extends CommitmentEvent["type"]> = Extract<CommitmentEvent, { type: Type }>["data"];

export const commitmentEvolver: Evolver<Commitment | null, CommitmentEvent> = {
  initial: null,
  evolve(state, event, id) {
    if (event.type === "CommitmentAssigned") return assigned(event.data, id);
    if (!state) return state;
    switch (event.type) {
      case "DiscountEndSet": {
        const { effectiveOn } = event.data;
        return { ...state, settings: [...state.settings, settingOf(state, event.data, effectiveOn, id)] };
      }
      case "PauseScheduled": {
        const { pauseId, from, until, now, selfCare = false } = event.data;
        const paused = withNewPause(state, { pauseId, from, until, now, selfCare }, id);
        return held(event.data, now ? "NOW" : "SCHEDULED", paused);
      }
      case "PauseRequested": {
        const { effectiveOn: requestedOn, ...asked } = event.data;
        const request: PauseRequest = { ...asked, requestedOn, status: "OPEN", reason: null };
        return { ...state, pauseRequests: [...state.pauseRequests, request] };
      }
      case "PauseRequestApproved": {
        const { pauseId, from, until } = event.data;
        const approved = withAnswer(state, pauseId, "APPROVED");
        const paused = withNewPause(approved, { pauseId, from, until, now: false, selfCare: true }, id);
        return held(event.data, "SCHEDULED", paused);
      }
      case "PauseRequestDeclined":
        return withAnswer(state, event.data.pauseId, "DECLINED", event.data.personal.reason);
      case "PauseRequestWithdrawn":
        return withAnswer(state, event.data.pauseId, "WITHDRAWN");
      case "PauseRequestLapsed":
        return withAnswer(state, event.data.pauseId, "LAPSED");
      case "PauseChanged": {
        const { pauseId, from, until } = event.data;
        const before = state.pauses.find((pause) => pause.pauseId === pauseId);
        // Moved to another first day it no longer counts as a "pause now".
        const now = before?.now === true && before.from === from;
        const moved = withPause(state, pauseId, { from, until, now, fromEventId: id, untilEventId: id });
        return held(event.data, "SCHEDULED", moved);
      }
      case "PauseCancelled":
        return held(event.data, "CANCELLED", withPause(state, event.data.pauseId, { cancelled: true }));
      case "PauseEnded": {
        const { until } = event.data;
        const ended = withPause(state, event.data.pauseId, { until, resumed: true, untilEventId: id });
        return held(event.data, "ENDED", ended);
      }
      case "TimeLimitedUpgradeOrdered": {
        const { effectiveOn: from, ...upgrade } = event.data;
        const termsAgreed = state.termsAgreed + (upgrade.then ? 1 : 0);
        return {
          ...state,
          termsAgreed,
          upgrades: [...state.upgrades, { ...upgrade, from, thenFloor: null, eventId: id }],
        };
      }
      case "TimeLimitedUpgradeExtended": {
        const { upgradeId, until, then } = event.data;
        return withUpgrade(state, upgradeId, { until, then, eventId: id });
      }
      case "TimeLimitedUpgradeEnded":
        return withUpgrade(state, event.data.upgradeId, { until: event.data.effectiveOn, then: null, eventId: id });
      case "PlannedUpgradeCancelled":
        return withUpgrade(state, event.data.upgradeId, { then: null, eventId: id });
      case "CommitmentUpgraded":
        return upgraded(state, event.data, id);
      case "UpgradeScheduled": {
        const { effectiveOn: from, ...upgrade } = event.data;
        const scheduled: ScheduledUpgrade = { ...upgrade, from, floor: null, eventId: id };
        const scheduledUpgrades = [...state.scheduledUpgrades, scheduled];
        return { ...state, termsAgreed: state.termsAgreed + 1, scheduledUpgrades };
      }
      case "ScheduledUpgradeCancelled":
        return withoutComing(state, { upgradeIds: [event.data.upgradeId] });
      case "FeesRenewalOrdered": {
        const { effectiveOn: from, replacedRenewalId, ...renewal } = event.data;
        const { renewals, termsAgreed } = withoutComing(state, { renewalIds: [replacedRenewalId] });
        return { ...state, termsAgreed: termsAgreed + 1, renewals: [...renewals, { ...renewal, from, eventId: id }] };
      }
      case "FeesRenewalCancelled":
        return withoutComing(state, { renewalIds: [event.data.renewalId] });
      case "CommitmentTransferred": {
        const { accountId, customerId, transferFee: fee, termsName, effectiveOn: from } = event.data;
        const holder: Holder = { from, accountId, customerId, eventId: id, transfer: { fee, termsName } };
        return { ...state, accountId, customerId, holders: [...state.holders, holder] };
      }
      case "CommitmentTerminated": {
        const { effectiveOn, early, penaltyWaived = false } = event.data;
        return { ...state, termination: { on: effectiveOn, early, penaltyWaived, eventId: id } };
      }
      case "TerminationCancelled":
        return { ...state, termination: null };
      case "CommitmentAnnulled": {
        const { effectiveOn: on } = event.data;
        return { ...state, annulled: true, termination: { on, early: false, penaltyWaived: false, eventId: id } };
      }
      case "CommandAccepted":
        return state;
    }
  },
};

/** Stands for the id of an event that is not recorded. Nobody sees it: only dates are read from such a state. */
const NOT_RECORDED = "not recorded";

/**
 * The commitment after an event that is not recorded yet: the event itself contains dates that are computed from it.
 */
export const withUnrecorded = (commitment: Commitment, event: CommitmentEvent): Commitment =>
  commitmentEvolver.evolve(commitment, event, NOT_RECORDED) ?? commitment;

const assigned = (data: Data<"CommitmentAssigned">, id: string): Commitment => {
  const { commitmentId, accountId, customerId, terms, discountEnd, discountEndKind, synchronisedWith } = data;
  const setting = {
    from: null,
    end: discountEnd,
    kind: discountEndKind,
    counted: {},
    changesBefore: 0,
    bounds: null,
    floor: null,
    ceiling: null,
    eventId: id,
  };
  return {
    commitmentId,
    accountId,
    customerId,
    holders: [{ from: data.effectiveOn, accountId, customerId, eventId: id, transfer: null }],
    start: data.effectiveOn,
    assignedEventId: id,
    versions: [{ from: data.effectiveOn, terms, eventId: id }],
    termsAgreed: 1,
    settings: [{ ...setting, synchronisedWith: synchronisedWith ?? null }],
    ceilings: [],
    pauses: [],
    pauseChanges: [],
    pauseRequests: [],
    upgrades: [],
    scheduledUpgrades: [],
    renewals: [],
    termination: null,
    annulled: false,
  };
};

const upgraded = (state: Commitment, data: Data<"CommitmentUpgraded">, id: string): Commitment => {
  const { terms, discountEndChoice, ended, effectiveOn, droppedUpgradeIds, droppedRenewalIds } = data;
  const before = ended.reduce<Commitment>(
    (changed, { upgradeId, until }) => withUpgrade(changed, upgradeId, { until, then: null, eventId: id }),
    withoutComing(state, { upgradeIds: droppedUpgradeIds, renewalIds: droppedRenewalIds }),
  );
  return {
    ...before,
    versions: [...state.versions, { from: effectiveOn, terms, eventId: id }],
    termsAgreed: state.termsAgreed + 1,
    settings: discountEndChoice
      ? [...state.settings, settingOf(state, discountEndChoice, effectiveOn, id)]
      : state.settings,
  };
};

const settingOf = (
  { pauseChanges }: Commitment,
  {
    kind,
    discountEnd,
    counted,
    synchronisedWith,
  }: Data<"DiscountEndSet"> | NonNullable<Data<"CommitmentUpgraded">["discountEndChoice"]>,
  from: LocalDate,
  eventId: string,
): DiscountSetting => ({
  from,
  end: discountEnd,
  kind,
  synchronisedWith,
  changesBefore: pauseChanges.length,
  bounds: null,
  floor: null,
  ceiling: null,
  eventId,
  counted: Object.fromEntries(counted.map(({ pauseId, days }) => [pauseId, days])),
});

const withNewPause = (
  state: Commitment,
  pause: Pick<Pause, "pauseId" | "from" | "until" | "now" | "selfCare">,
  id: string,
): Commitment => ({
  ...state,
  pauses: [...state.pauses, { ...pause, resumed: false, cancelled: false, fromEventId: id, untilEventId: id }],
});

const withPause = (state: Commitment, pauseId: string, changes: Partial<Pause>): Commitment => ({
  ...state,
  pauses: state.pauses.map((pause) => (pause.pauseId === pauseId ? { ...pause, ...changes } : pause)),
});

const withUpgrade = (state: Commitment, upgradeId: string, changes: Partial<TimeLimitedUpgrade>): Commitment => ({
  ...state,
  upgrades: state.upgrades.map((upgrade) => (upgrade.upgradeId === upgradeId ? { ...upgrade, ...changes } : upgrade)),
});

type Ids = readonly (string | undefined)[] | undefined;

/** Scheduled upgrades and renewals are forgotten once they are cancelled, replaced or dropped. */
const withoutComing = (
  state: Commitment,
  { upgradeIds = [], renewalIds = [] }: { readonly upgradeIds?: Ids; readonly renewalIds?: Ids },
): Commitment => ({
  ...state,
  scheduledUpgrades: state.scheduledUpgrades.filter(({ upgradeId }) => !upgradeIds.includes(upgradeId)),
  renewals: state.renewals.filter(({ renewalId }) => !renewalIds.includes(renewalId)),
});

/** Notes a changed pause, and puts its bounds into the settings (docs/rules.md#discount-end-bounds). */
const held = (
  {
    pauseId,
    orderedOn,
    discountEndBounds: bounds = [],
    discountEndFloors: floors = [],
    discountEndCeilings: ceilings = [],
  }: Pick<
    PauseScheduled["data"],
    "pauseId" | "orderedOn" | "discountEndBounds" | "discountEndFloors" | "discountEndCeilings"
  >,
  by: PauseChange["by"],
  changed: Commitment,
): Commitment => {
  const pause = changed.pauses.find((one) => one.pauseId === pauseId);
  if (!pause) return changed;
  const { from, until, cancelled } = pause;
  const change = changed.pauseChanges.length;
  const noted: PauseChange = { pauseId, from, until, cancelled, by, orderedOn, ...(floors.length > 0 && { floors }) };
  const pauseChanges = [...changed.pauseChanges, noted];
  const state = { ...changed, pauseChanges };
  if (bounds.length > 0) return bounded(state, bounds);
  if (floors.length + ceilings.length === 0) return state;
  const bound = (bounds: readonly DiscountEndBound[], by: string) => bounds.find(({ setBy }) => setBy === by)?.day;
  const settings = state.settings.map((setting) => ({
    ...setting,
    floor: bound(floors, setting.eventId) ?? setting.floor,
  }));
  const upgrades = state.upgrades.map((upgrade) => ({
    ...upgrade,
    thenFloor: bound(floors, upgrade.eventId) ?? upgrade.thenFloor,
  }));
  const scheduledUpgrades = state.scheduledUpgrades.map((upgrade) => ({
    ...upgrade,
    floor: bound(floors, upgrade.eventId) ?? upgrade.floor,
  }));
  const recorded = ceilings.map((ceiling) => ({ ...ceiling, change }));
  return { ...state, settings, upgrades, scheduledUpgrades, ceilings: [...state.ceilings, ...recorded] };
};

const bounded = (state: Commitment, bounds: readonly DiscountEndBounds[]): Commitment => ({
  ...state,
  settings: state.settings.map((setting) => {
    const found = bounds.find(({ setBy }) => setBy === setting.eventId);
    return found ? { ...setting, bounds: { floor: found.floor, ceilings: found.ceilings } } : setting;
  }),
});

/** The setting that counts for a day. */
export const settingOn = (settings: readonly DiscountSetting[], date: LocalDate): DiscountSetting => {
  const found = inForceOn(settings, date, ({ from }) => from);
  if (!found) throw new Error("a commitment has a setting of its discount end from its assignment on");
  return found;
};

export type CommitmentStatus = "PENDING" | "ACTIVE" | "PAUSED" | "TERMINATED";

/**
 * Terminated from the day after the last charged one; on the day of "resume now" still paused (docs/rules.md#status).
 */
export const statusOn = (commitment: Commitment, date: LocalDate, because?: Because): CommitmentStatus => {
  const { termination, start, assignedEventId } = commitment;
  if (termination && date > termination.on) {
    const { on, eventId } = termination;
    because?.(given("LAST_CHARGED_DAY", "DATE", on, { events: eventId === null ? [] : [eventId] }));
    return "TERMINATED";
  }
  because?.(given("FIRST_DAY", "DATE", start, { events: [assignedEventId] }));
  if (date < start) return "PENDING";
  const pause = pauseOn(commitment, date);
  if (!pause) return "ACTIVE";
  const { from, until, fromEventId, untilEventId } = pause;
  const events = [...new Set([fromEventId, untilEventId])];
  because?.(given("ON_PAUSE", "DATE", from, { events, days: until === null ? null : { from, until } }));
  return "PAUSED";
};

/** The pause that a day lies in. */
export const pauseOn = ({ pauses }: Commitment, date: LocalDate): Pause | undefined =>
  pauses.find(({ from, until, cancelled }) => !cancelled && from <= date && (until === null || date <= until));

/**
 * A termination is early when at least one discounted day is not served: the day after the last charged day is
 * discounted.
 */
export const isEarly = (lastDay: LocalDate, discountEnd: LocalDate | null): boolean =>
  discountEnd !== null && addDays(lastDay, 1) < discountEnd;
