import { type EntityManager } from "typeorm";
import { type NumbersAssigned } from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { keyOf } from "./pages.js";

export interface AssignedNumber {
  readonly provider: string;
  /** Of an invoice or a credit note, as its series says. */
  readonly invoiceId: string;
  readonly customerId: string;
  readonly number: string;
  readonly series: string;
  readonly seriesIndex: number;
  /** The event that assigned the number. */
  readonly event: RecordedEvent<NumbersAssigned>;
}

/** The numbers that a batch assigns, by provider and invoice. */
export const numbersIn = (events: readonly RecordedEvent<NumbersAssigned>[]): ReadonlyMap<string, AssignedNumber> =>
  new Map(
    events.flatMap((event) => {
      const { series, first, invoices } = event.data;
      const { provider } = parseStreamName(event.stream);
      return invoices.map(({ invoiceId, customerId, number }, index) => [
        keyOf(provider, invoiceId),
        { provider, invoiceId, customerId, number, series, seriesIndex: first + index, event },
      ]);
    }),
  );

/**
 * Writes the numbers of invoices, or credit notes, that an earlier batch sealed. Throws `ContradictoryEvent` for one that
 * is not there.
 */
export const writeNumbers = async (
  manager: EntityManager,
  table: "invoices" | "credit_notes",
  numbers: readonly AssignedNumber[],
): Promise<void> => {
  if (numbers.length === 0) return;
  const rows = numbers.map(({ provider, invoiceId, number, series, seriesIndex }) => ({
    provider_id: provider,
    id: invoiceId,
    number,
    series,
    series_index: seriesIndex,
  }));
  const [answer] = await manager.query<{ written: string[] }[]>(
    `WITH written AS (
       UPDATE ${table} i SET number = n.number, series = n.series, series_index = n.series_index
         FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) AS n
        WHERE i.provider_id = n.provider_id AND i.id = n.id
       RETURNING i.id
     )
     SELECT coalesce(json_agg(id), '[]') AS written FROM written`,
    [JSON.stringify(rows)],
  );
  const written = new Set(answer?.written);
  const missing = numbers.find(({ invoiceId }) => !written.has(invoiceId));
  if (missing) {
    const problem = `Of ${numbers.length} numbered ${table} only ${written.size} were sealed before`;
    throw new ContradictoryEvent(missing.event, problem);
  }
};
