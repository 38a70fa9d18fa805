import { type EntityManager } from "typeorm";
import { type NumbersAssigned } from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { keyOf } from "./pages.js";

export interface AssignedNumber {
  readonly provider: string;
  readonly invoiceId: string;
  readonly number: string;
  readonly series: string;
  readonly seriesIndex: number;
}

/** The numbers that a batch gives, by provider and invoice. */
export const numbersIn = (events: readonly RecordedEvent<NumbersAssigned>[]): ReadonlyMap<string, AssignedNumber> =>
  new Map(
    events.flatMap(({ stream, data: { series, first, invoices } }) => {
      const { provider } = parseStreamName(stream);
      return invoices.map(({ invoiceId, number }, index) => [
        keyOf(provider, invoiceId),
        { provider, invoiceId, number, series, seriesIndex: first + index },
      ]);
    }),
  );

/** Numbers for invoices that an earlier batch sealed. */
export const writeNumbers = async (manager: EntityManager, numbers: readonly AssignedNumber[]): Promise<void> => {
  if (numbers.length === 0) return;
  const rows = numbers.map(({ provider, invoiceId, number, series, seriesIndex }) => ({
    ...{ provider_id: provider, id: invoiceId, number, series, series_index: seriesIndex },
  }));
  const [answer] = await manager.query<{ written: string }[]>(
    `WITH written AS (
       UPDATE invoices i SET number = n.number, series = n.series, series_index = n.series_index
         FROM jsonb_populate_recordset(NULL::invoices, $1::jsonb) AS n
        WHERE i.provider_id = n.provider_id AND i.id = n.id
       RETURNING 1
     )
     SELECT count(*) AS written FROM written`,
    [JSON.stringify(rows)],
  );
  if (answer?.written !== String(numbers.length)) {
    throw new Error(`Of ${numbers.length} numbered invoices only ${answer?.written ?? 0} were sealed before`);
  }
};
