import { type Instant, type LocalDate } from "../calendar.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";
import { type Numbers, type RatedXdr, type UnratedXdr, type Xdr } from "./xdr.js";

/** A call without its numbers, which are personal. */
export type RecordedCall = Omit<RatedXdr, "personal"> | Omit<UnratedXdr, "personal">;

/**
 * Calls that an edge saw and that were answered within one hour (UTC), each with what it costs. A key is recorded once:
 * of two reports of one leg of a call, the first stands; and once more where that had no amount and it is given one.
 */
export type CallsRecorded = DomainEvent<
  "CallsRecorded",
  {
    readonly edge: string;
    /** The hour's first instant, by the clock of who reported them. */
    readonly hour: Instant;
    /** Milliseconds by which instants were moved to the provider's test clock. Absent: they are as reported. */
    readonly shiftMs?: number;
    /** They were recorded before, without an amount, which they have from now on. Absent: they are new. */
    readonly settles?: true;
    /** At most 500, and with their numbers at most 240 kB of JSON. */
    readonly calls: readonly RecordedCall[];
    /** UTC day of the hour, moved likewise. Which day a call is charged on is said by itself. */
    readonly effectiveOn: LocalDate;
    /** Of each call, in the same order. */
    readonly personal: { readonly numbers: readonly Numbers[] };
  }
>;

export type CallsEvent = CallsRecorded | CommandAccepted;

export const callsEvents: CategoryEvents<"calls", CallsEvent> = {
  category: "calls",
  types: {
    CallsRecorded: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

/** The calls of an event with their numbers. */
export const callsOf = ({ calls, personal: { numbers } }: CallsRecorded["data"]): Xdr[] =>
  calls.map((call, place) => ({ ...call, personal: numbers[place] ?? NO_NUMBERS }));

const NO_NUMBERS: Numbers = { cli: null, cld: "" };
