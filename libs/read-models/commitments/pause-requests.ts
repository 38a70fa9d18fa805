import { type DataSource } from "typeorm";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Customer } from "#domain/customers/customer.js";
import { daysAnywhere, todaySql, todaysAt } from "../customers/todays.js";
import { type CursorPlace } from "../rows/cursor.js";
import { isUuid } from "../rows/filters.js";
import { COMPARISONS, refuseBadCursor } from "../rows/paging.js";
import { isIn, type Scope } from "../rows/scope.js";
import { limitOf, type Slice, type SliceArguments, sliceOf, walkOf, windowOf } from "../rows/window.js";

/** A pause that a customer asked for and nobody has answered. */
export interface OpenPauseRequest {
  readonly commitmentId: string;
  readonly customerId: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly requestedOn: LocalDate;
}

/** Name of the only sort order, in cursors. */
const ORDER = "FROM ASC";
const { after: BEHIND, before: AHEAD } = COMPARISONS.ASC;

/** Of commitments `c`, their requests `r` that are recorded as open; the index commitments_asked has this condition. */
const ASKED = `commitments c,
       jsonb_to_recordset(c.state -> 'pauseRequests') AS r ("from" date, until date, "requestedOn" date, status text)
 WHERE c.provider_id = $1 AND ${isIn("c.customer_id", 2)} AND c.state -> 'pauseRequests' @> '[{"status": "OPEN"}]'
   AND r.status = 'OPEN'`;

const TODAY = todaySql("c.provider_id", "c.customer_id", { cycles: "$5", days: "$6", utcDay: "$7" });

/** Not those whose first day has begun where the customer is: they have lapsed, recorded or not. */
const OPEN = `${ASKED} AND r."from" > $3 AND (r."from" > $4 OR r."from" > ${TODAY})`;

const places = (behind: string, ahead: string): string =>
  `AND ($8::text IS NULL OR (r."from", c.id) ${behind} ($8::date, $9::uuid))
   AND ($10::text IS NULL OR (r."from", c.id) ${ahead} ($10::date, $11::uuid))`;

/**
 * The requests that wait for an answer at a moment, those for the earliest days first. A commitment has one at a time.
 * @throws Rejection VALIDATION_FAILED for an invalid size or cursor
 */
export const listPauseRequests = async (
  dataSource: Pick<DataSource, "query">,
  scope: Scope,
  now: Instant,
  asked: SliceArguments,
): Promise<Slice<OpenPauseRequest>> => {
  const window = windowOf(asked, ORDER);
  const walk = walkOf(window, "ASC");
  const open = await parametersAt(dataSource, scope, now);
  const parameters = (behind: CursorPlace | null, ahead: CursorPlace | null): unknown[] => [
    ...open,
    ...[behind?.key ?? null, behind?.unique ?? null, ahead?.key ?? null, ahead?.unique ?? null],
  ];
  const found = await dataSource
    .query<OpenPauseRequest[]>(
      `SELECT c.id AS "commitmentId", c.customer_id AS "customerId", r."from"::text, r.until::text,
              r."requestedOn"::text
         FROM ${OPEN} ${places(BEHIND, AHEAD)}
        ORDER BY r."from" ${walk}, c.id ${walk} LIMIT ${limitOf(window)}`,
      parameters(window.after, window.before),
    )
    .catch(refuseBadCursor(window));
  const rows = found.map((row) => ({ row, place: { key: row.from, unique: row.commitmentId } }));
  return sliceOf(window, rows, {
    exists: async (argument) => {
      const [behind, ahead] = argument === "after" ? [null, window.after] : [window.before, null];
      const [answer] = await dataSource.query<{ found: boolean }[]>(
        `SELECT EXISTS (SELECT FROM ${OPEN} ${places(`${BEHIND}=`, `${AHEAD}=`)}) AS found`,
        parameters(behind, ahead),
      );
      return answer?.found ?? false;
    },
    count: async () => {
      const [answer] = await dataSource.query<{ count: string }[]>(`SELECT count(*) FROM ${OPEN}`, [...open]);
      return Number(answer?.count ?? 0);
    },
  });
};

/** The number of requests that wait at a moment; `most` where there are as many or more. */
export const countPauseRequests = async (
  dataSource: Pick<DataSource, "query">,
  scope: Scope,
  now: Instant,
  most: number,
): Promise<number> => {
  const [answer] = await dataSource.query<{ count: string }[]>(
    `SELECT count(*) FROM (SELECT FROM ${OPEN} LIMIT ${most}) counted`,
    await parametersAt(dataSource, scope, now),
  );
  return Number(answer?.count ?? 0);
};

/** The parameters of {@link OPEN}. */
const parametersAt = async (
  dataSource: Pick<DataSource, "query">,
  { providerId, customerId }: Scope,
  now: Instant,
): Promise<unknown[]> => {
  const { everywhere, somewhere } = daysAnywhere(now);
  const provider = isUuid(providerId) ? providerId : null;
  // Only of requests for the next days does it matter where the customer is.
  const found = await dataSource.query<{ cycles: Customer["cycles"] }[]>(
    `SELECT DISTINCT own.state -> 'cycles' AS cycles
       FROM (SELECT c.customer_id FROM ${ASKED} AND r."from" > $3 AND r."from" <= $4) near
       JOIN customers own ON own.provider_id = $1 AND own.id = near.customer_id`,
    [provider, customerId, everywhere, somewhere],
  );
  const { cycles, days, utcDay } = todaysAt(
    now,
    found.map((row) => row.cycles),
  );
  return [provider, customerId, everywhere, somewhere, cycles, days, utcDay];
};
