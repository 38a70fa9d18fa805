import { type Instant } from "#domain/calendar.js";
import { type Language } from "#domain/language.js";
import { type AnyEventType } from "#event-store/catalogue.js";
import { isEssential, kindOfType } from "#history/kinds.js";
import { type Moment } from "#read-models/as-of/moment.js";
import { listHistory } from "#read-models/history/entries.js";
import { type HistorySubject } from "#read-models/history/subject.js";
import { type Scope } from "#read-models/rows/scope.js";
import { type SliceArguments } from "#read-models/rows/window.js";
import { type Backend } from "../core/backend.js";
import { type Connection } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { connection } from "../queries/connections.js";
import { historyEntries } from "./entries.js";
import { type HistoryEntry, type HistoryFilter } from "./models.js";

/** What is asked of a history. */
export interface AskedHistory {
  readonly filter: HistoryFilter | null | undefined;
  readonly slice: SliceArguments;
  readonly language: Language;
  /** As of when it is asked for: nothing is told that was not known, or does not count, then. Absent: as of now. */
  readonly moment?: Moment | undefined;
}

/** What a filter leaves of event types; null: all of them. Types that there are not match nothing. */
const typesOf = ({ kinds, types, essential }: Partial<HistoryFilter>): AnyEventType[] | null => {
  if (kinds === undefined && types === undefined && essential !== true) return null;
  const known = Object.keys(kindOfType) as AnyEventType[];
  return known.filter(
    (type) =>
      (kinds?.some((kind) => kind === kindOfType[type]) ?? true) &&
      (types?.includes(type) ?? true) &&
      (essential !== true || isEssential(type)),
  );
};

/** The earlier of two instants, of which null is none. */
const earliest = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || (b !== null && Date.parse(b) < Date.parse(a)) ? b : a;

/**
 * A page of the history of something.
 * @param subject null: everything of the provider
 * @throws Rejection VALIDATION_FAILED
 */
export const readHistory = async (
  backend: Pick<Backend, "dataSource" | "store">,
  scope: Scope,
  subject: HistorySubject | null,
  { filter, slice, language, moment }: AskedHistory,
): Promise<Connection<Plain<HistoryEntry>>> => {
  const given: Partial<HistoryFilter> = filter ?? {};
  const { kinds, types, essential, actors = null, from = null, until = null } = given;
  const query = {
    providerId: scope.providerId,
    subject,
    types: typesOf(given),
    deliveries: types === undefined && essential !== true && (kinds?.includes("DELIVERY") ?? true),
    ...{ actors, from, until: earliest(until, moment?.knownAt ?? null) },
    asOfDay: moment?.day == null || moment.dayEnds === null ? null : { day: moment.day, ends: moment.dayEnds },
  };
  const page = await listHistory(backend.dataSource, query, slice);
  const entries = await historyEntries(backend, scope, page.rows, language);
  return connection(page, (row) => {
    const entry = entries.get(row);
    if (!entry) throw new Error("every row of the page has an entry");
    return entry;
  });
};
