import { type Instant } from "../calendar.js";
import { type Evolver } from "../event.js";
import { type CallsEvent, type CallsRecorded } from "./events.js";
import { type Xdr } from "./xdr.js";

/**
 * Keys of the calls of an hour, in sets whose sizes fall by half at least: adding some copies a key as often as sets are
 * merged, which is a few times for the hundred thousands of a full hour, and not once for every event.
 */
export interface RecordedCalls {
  readonly keys: readonly ReadonlySet<string>[];
  /** Those that were recorded without an amount and were given one. */
  readonly settled: ReadonlySet<string>;
}

export const NO_CALLS: RecordedCalls = { keys: [], settled: new Set() };

export const isRecorded = ({ keys }: RecordedCalls, key: string): boolean => keys.some((set) => set.has(key));

const withKeys = (keys: readonly ReadonlySet<string>[], added: ReadonlySet<string>): ReadonlySet<string>[] => {
  const last = keys.at(-1);
  return last === undefined || last.size >= 2 * added.size
    ? [...keys, added]
    : withKeys(keys.slice(0, -1), new Set([...last, ...added]));
};

export const recordedCallsEvolver: Evolver<RecordedCalls, CallsEvent> = {
  initial: NO_CALLS,
  evolve(state, event) {
    if (event.type === "CommandAccepted") return state;
    const keys = event.data.calls.map(({ key }) => key);
    return event.data.settles
      ? { ...state, settled: new Set([...state.settled, ...keys]) }
      : { ...state, keys: withKeys(state.keys, new Set(keys)) };
  },
};

/** The first instant of an instant's hour, UTC: what streams of calls are cut by. */
export const hourOf = (instant: Instant): Instant => `${new Date(instant).toISOString().slice(0, 13)}:00:00.000Z`;

/** Most calls of one event, and most characters of its calls as JSON. */
const MOST_CALLS = 500;
const MOST_TEXT = 240_000;

/** An instant as many milliseconds later. */
export const moved = (instant: Instant, ms: number): Instant =>
  ms === 0 ? instant : new Date(Date.parse(instant) + ms).toISOString();

/** Calls of one edge and hour. */
export interface HourOfCalls {
  readonly edge: string;
  /** As {@link hourOf} of every call's answer, as it was before it was moved. */
  readonly hour: Instant;
  /** By how many milliseconds the instants of calls were moved to the provider's test clock. Default: 0. */
  readonly shiftMs?: number;
  readonly calls: readonly Xdr[];
}

/**
 * Records calls of one edge and hour: those whose keys are not recorded yet, each once (docs/rules.md#calls). The hour is
 * by the clock of the edge: a test clock that stands elsewhere when calls are reported again leads to the same stream.
 */
export const recordCalls = ({ edge, hour, shiftMs = 0, calls }: HourOfCalls, state: RecordedCalls): CallsEvent[] => {
  const fresh = new Map<string, Xdr>();
  for (const call of calls) {
    if (hourOf(moved(call.answered, -shiftMs)) !== hour) {
      throw new Error(`The call ${call.key} was not answered in the hour of ${hour}`);
    }
    if (!fresh.has(call.key) && !isRecorded(state, call.key)) fresh.set(call.key, call);
  }
  const recorded = { edge, hour, ...(shiftMs !== 0 && { shiftMs }) };
  return eventsOf([...fresh.values()], { ...recorded, effectiveOn: moved(hour, shiftMs).slice(0, 10) });
};

/** Calls in as many events as they need. */
export const eventsOf = (
  calls: readonly Xdr[],
  common: Omit<CallsRecorded["data"], "calls" | "personal">,
): CallsRecorded[] =>
  chunks(calls).map((some) => ({
    type: "CallsRecorded",
    data: {
      ...common,
      calls: some.map(({ personal: _, ...call }) => call),
      personal: { numbers: some.map(({ personal }) => personal) },
    },
  }));

const chunks = (calls: readonly Xdr[]): Xdr[][] => {
  const all: Xdr[][] = [];
  let text = 0;
  for (const call of calls) {
    const last = all.at(-1);
    const length = asciiLength(call);
    if (last && last.length < MOST_CALLS && text + length <= MOST_TEXT) {
      last.push(call);
      text += length;
    } else {
      all.push([call]);
      text = length;
    }
  }
  return all;
};

/** Bytes of a call as JSON, at most: numbers come from outside, and may have characters of more than one byte. */
const asciiLength = (call: Xdr): number => {
  const text = JSON.stringify(call);
  return /^[ -~]*$/.test(text) ? text.length : 3 * text.length;
};
