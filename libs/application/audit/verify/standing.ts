import { type Position } from "#event-store/position.js";
import { type JournalExtent } from "#read-models/journal/proof-queries.js";
import { type Differences, type Json } from "../job.js";
import { type MarksCheck, type MarksFollowed } from "./checkpoint.js";
import { type EventLog } from "./event-side.js";
import { type JournalLog, type JournalRead } from "./journal-side.js";
import { fromPlain } from "./plain.js";

/** How far a verification is: all that it goes on with after it was cut off. */
export interface Standing {
  /** What is compared: up to where the sides were when it began. Of the events alone their tail. */
  readonly extent: JournalExtent | null;
  readonly tail: Position;
  readonly differences: Differences;
  /** Rows of the journal that were read. */
  readonly rows: number;
  /** Of the providers whose rows were all read. */
  readonly journals: ReadonlyMap<string, JournalLog>;
  /** Of the one whose rows are being read; null: none. */
  readonly reading: JournalRead | null;
  /** The position up to which events were taken; null: none was. */
  readonly position: Position | null;
  readonly logs: ReadonlyMap<string, EventLog>;
  readonly expired: ReadonlyMap<string, bigint>;
  readonly ofJournal: ReadonlyMap<string, MarksFollowed>;
  readonly ofEvents: ReadonlyMap<string, MarksFollowed>;
}

/** Where one that was cut off goes on; null: it begins. */
export const standingOf = (saved: Json | null): Standing | null =>
  saved === null ? null : (fromPlain(saved) as Standing);

export const followedOf = (marks: ReadonlyMap<string, MarksCheck>): Map<string, MarksFollowed> =>
  new Map([...marks].map(([providerId, { followed }]) => [providerId, followed]));
