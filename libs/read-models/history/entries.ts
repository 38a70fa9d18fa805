import { type DataSource } from "typeorm";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type AnyEventType } from "#event-store/catalogue.js";
import { COUNTS_FROM } from "../as-of/cut.js";
import { JOURNAL_COLUMNS, type JournalRow } from "../journal/queries.js";
import { type CursorPlace } from "../rows/cursor.js";
import { COMPARISONS, refuseBadCursor } from "../rows/paging.js";
import { limitOf, type Slice, type SliceArguments, sliceOf, walkOf, windowOf } from "../rows/window.js";
import { type HistorySubject } from "./subject.js";

export interface HistoryQuery {
  readonly providerId: string;
  /** Null: everything of the provider. */
  readonly subject: HistorySubject | null;
  /** Event types; null: all. */
  readonly types: readonly AnyEventType[] | null;
  /** Whether deliveries are listed as well. */
  readonly deliveries: boolean;
  /** As in metadata; of deliveries whoever discarded it, else `worker`. Null: all. */
  readonly actors: readonly string[] | null;
  /** When it was recorded, by the provider's clock, both included; of deliveries, when their event was. Null: open. */
  readonly from: Instant | null;
  readonly until: Instant | null;
  /**
   * Only what counts as of this day: events that were recorded before its end or count from it or an earlier day, and
   * deliveries because of events that were recorded before its end. Null: of any day.
   */
  readonly asOfDay: { readonly day: LocalDate; readonly ends: Instant } | null;
}

/** An event, or a delivery because of one: then the row is that event's. */
export interface HistoryRow extends JournalRow {
  /** Null: the event itself. */
  readonly delivery_id: string | null;
}

/** Name of the only sort order, in cursors. */
const ORDER = "LOG DESC";
const { after: BEHIND, before: AHEAD } = COMPARISONS.DESC;

/** Where a walk through the list is: the key is sequence and place, 0 of the event itself. */
interface Bound {
  readonly comparison: string;
  readonly place: CursorPlace;
}

/** SQL with its parameters, put together piece by piece. */
class Statement {
  readonly parameters: unknown[] = [];
  value(value: unknown, type: string): string {
    return `$${this.parameters.push(value)}::${type}`;
  }
}

const columns = JOURNAL_COLUMNS.split(", ").map((column) => `j.${column}`);

const beyond = (statement: Statement, { comparison, place }: Bound, key: string): string => {
  const [sequence = "", nth = ""] = place.key.split(" ");
  const at = [
    statement.value(sequence, "bigint"),
    statement.value(nth, "integer"),
    statement.value(place.unique, "uuid"),
  ];
  // The first condition alone can use an index.
  return `j.sequence ${comparison.slice(0, 1)}= ${at[0] ?? ""} AND ${key} ${comparison} (${at.join(", ")})`;
};

const ofSubject = (statement: Statement, { streams, document, events = [] }: HistorySubject): string => {
  const parts = [
    `j.stream = ANY(${statement.value(streams, "text[]")})`,
    ...events.map((one) => placed(statement, one)),
  ];
  if (document) {
    const [stream, id] = [statement.value(document.stream, "text"), statement.value(document.id, "text")];
    const names = ["invoiceId", "creditNoteId", "reissueOf"].map((name) => `j.data ->> '${name}'`);
    parts.push(`(j.stream = ${stream} AND ${id} IN (${names.join(", ")}))`);
  }
  return `(${parts.join(" OR ")})`;
};

const placed = (
  statement: Statement,
  { stream, revision }: { readonly stream: string; readonly revision: string },
): string => `(j.stream = ${statement.value(stream, "text")} AND j.revision = ${statement.value(revision, "bigint")})`;

const byEndOf = (statement: Statement, { ends }: NonNullable<HistoryQuery["asOfDay"]>): string =>
  `j.recorded_at < ${statement.value(ends, "timestamptz")}`;

/** A document that is there has its number, whenever that was given. */
const countsAsOf = (
  statement: Statement,
  asOfDay: NonNullable<HistoryQuery["asOfDay"]>,
  subject: HistorySubject | null,
): string => {
  const own = `${COUNTS_FROM} <= ${statement.value(asOfDay.day, "date")}`;
  const numbers = (subject?.events ?? []).map((one) => placed(statement, one));
  return `(${[byEndOf(statement, asOfDay), own, ...numbers].join(" OR ")})`;
};

/** What holds of every item, whatever it is. */
const common = (statement: Statement, query: HistoryQuery, actor: string): string[] => [
  `j.provider_id = ${statement.value(query.providerId, "uuid")}`,
  ...(query.actors === null ? [] : [`${actor} = ANY(${statement.value(query.actors, "text[]")})`]),
  ...(query.from === null ? [] : [`j.recorded_at >= ${statement.value(query.from, "timestamptz")}`]),
  ...(query.until === null ? [] : [`j.recorded_at <= ${statement.value(query.until, "timestamptz")}`]),
];

const EVENT_KEY = "(j.sequence, 0, j.event_id)";
const DELIVERY_KEY = "(j.sequence, d.place + 1, d.id)";

const eventsFrom = (statement: Statement, query: HistoryQuery, bounds: readonly Bound[]): string => {
  const { subject, types, asOfDay } = query;
  const conditions = [
    ...common(statement, query, "j.metadata ->> 'actor'"),
    ...(types === null ? [] : [`j.type = ANY(${statement.value(types, "text[]")})`]),
    ...(subject === null ? [] : [ofSubject(statement, subject)]),
    ...(asOfDay === null ? [] : [countsAsOf(statement, asOfDay, subject)]),
    ...bounds.map((bound) => beyond(statement, bound, EVENT_KEY)),
  ];
  return `FROM journal j WHERE ${conditions.join(" AND ")}`;
};

/** In the journal's order, by the event that each is about; one whose event is not in the journal yet is left out. */
const deliveriesFrom = (statement: Statement, query: HistoryQuery, bounds: readonly Bound[]): string => {
  const { subject, asOfDay } = query;
  const about = subject?.deliveries;
  const column = about?.of === "customer" ? "d.customer_id" : "d.subject_id";
  const conditions = [
    ...common(statement, query, "coalesce(d.settled_by, 'worker')"),
    ...(subject === null ? [] : [about ? `${column} = ${statement.value(about.id, "uuid")}` : "false"]),
    ...(asOfDay === null ? [] : [byEndOf(statement, asOfDay)]),
    ...bounds.map((bound) => beyond(statement, bound, DELIVERY_KEY)),
  ];
  return `FROM deliveries d
          JOIN journal j ON j.provider_id = d.provider_id AND j.stream = d.stream AND j.revision = d.revision
         WHERE ${conditions.join(" AND ")}`;
};

/** The kinds of items that are asked for, each with its SQL. */
const parts = (query: HistoryQuery) => [
  ...(query.types?.length === 0
    ? []
    : [{ from: eventsFrom, place: "0", id: "j.event_id", delivery: "NULL::uuid" } as const]),
  ...(query.deliveries ? [{ from: deliveriesFrom, place: "d.place + 1", id: "d.id", delivery: "d.id" } as const] : []),
];

/**
 * Events and deliveries in the order of the log, the latest first; what was delivered because of an event follows it.
 * @throws Rejection VALIDATION_FAILED for an invalid size or cursor
 */
export const listHistory = async (
  dataSource: DataSource,
  query: HistoryQuery,
  asked: SliceArguments,
): Promise<Slice<HistoryRow>> => {
  const window = windowOf(asked, ORDER);
  const walk = walkOf(window, "DESC");
  const order = `sequence ${walk}, place ${walk}, id ${walk} LIMIT ${limitOf(window)}`;
  const bounds: Bound[] = [
    ...(window.after ? [{ comparison: BEHIND, place: window.after }] : []),
    ...(window.before ? [{ comparison: AHEAD, place: window.before }] : []),
  ];
  const statement = new Statement();
  const selects = parts(query).map(
    ({ from, place, id, delivery }) =>
      `(SELECT ${columns.join(", ")}, ${place} AS place, ${id} AS id, ${delivery} AS delivery_id
          ${from(statement, query, bounds)} ORDER BY ${order})`,
  );
  const rows =
    selects.length === 0
      ? []
      : await dataSource
          .query<(HistoryRow & { readonly place: number; readonly id: string })[]>(
            `SELECT * FROM (${selects.join(" UNION ALL ")}) items ORDER BY ${order}`,
            statement.parameters,
          )
          .catch(refuseBadCursor(window));
  const found = rows.map((row) => ({ row, place: { key: `${row.sequence} ${row.place}`, unique: row.id } }));
  /** Of each kind of items, what a statement about them answers, joined. */
  const looked = async (own: readonly Bound[], about: (from: string) => string, by: string): Promise<string | null> => {
    const one = new Statement();
    const answers = parts(query).map(({ from }) => about(from(one, query, own)));
    if (answers.length === 0) return null;
    const [answer] = await dataSource.query<{ answer: string }[]>(
      `SELECT (${answers.join(` ${by} `)})::text AS answer`,
      one.parameters,
    );
    return answer?.answer ?? null;
  };
  return sliceOf(window, found, {
    exists: async (argument) => {
      const place = window[argument];
      const comparison = argument === "after" ? `${AHEAD}=` : `${BEHIND}=`;
      const bound = place === null ? [] : [{ comparison, place }];
      return (await looked(bound, (from) => `EXISTS (SELECT ${from})`, "OR")) === "true";
    },
    count: async () => Number((await looked([], (from) => `(SELECT count(*) ${from})`, "+")) ?? 0),
  });
};

/** Types that change no fact of what they are recorded of: left out where streams are folded, since they may be many. */
const WITHOUT_FACTS: readonly AnyEventType[] = [
  ...["CommandAccepted", "TestClockMoved", "ClockAdvanceOrdered", "ClockAdvanceCompleted"],
] as AnyEventType[];

/** The rows of streams through a revision each, by stream and revision, without types that change no fact. */
export const rowsThrough = (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  streams: readonly { readonly stream: string; readonly revision: string }[],
): Promise<JournalRow[]> =>
  streams.length === 0
    ? Promise.resolve([])
    : dataSource.query<JournalRow[]>(
        `SELECT ${columns.join(", ")} FROM journal j
           JOIN unnest($2::text[], $3::bigint[]) AS k (stream, revision) ON j.stream = k.stream AND j.revision <= k.revision
          WHERE j.provider_id = $1 AND j.type <> ALL($4::text[])
          ORDER BY j.stream, j.revision`,
        [providerId, streams.map(({ stream }) => stream), streams.map(({ revision }) => revision), WITHOUT_FACTS],
      );

/** The rows of events by id, in the order of the log; what the journal does not have is left out. */
export const rowsOfEvents = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  eventIds: readonly string[],
): Promise<HistoryRow[]> => {
  if (eventIds.length === 0) return [];
  const rows = await dataSource.query<JournalRow[]>(
    `SELECT ${columns.join(", ")} FROM journal j
      WHERE j.provider_id = $1 AND j.event_id = ANY($2::uuid[]) ORDER BY j.sequence`,
    [providerId, eventIds],
  );
  return rows.map((row) => ({ ...row, delivery_id: null }));
};
