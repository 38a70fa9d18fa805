import { type EntityManager } from "typeorm";
import { versionOf } from "#domain/voice/rates.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { type TariffRateRow, tariffRates } from "./table.js";

/** Every version of every rate with its end; a clone copies what is there at its place in the log. */
export const tariffsProjection: Projection<"tariff" | "rates"> = {
  name: "tariffs",
  version: 1,
  tables: ["tariff_rates"],
  categories: ["tariff", "rates"],
  async apply(manager, events) {
    let changes = new Map<string, Change>();
    for (const { type, data, stream, revision } of events) {
      const { provider, id } = parseStreamName(stream);
      if (type === "TariffDefined" && data.clonedFrom !== undefined) {
        await write(manager, [...changes.values()]);
        changes = new Map();
        await clone(manager, provider, data.clonedFrom, id);
      }
      if (type !== "RatesChanged" && type !== "RatesRemoved") continue;
      const of = { providerId: provider, tariffId: id };
      const changed =
        type === "RatesRemoved"
          ? data.rates.map((name): Change => ({ ...of, ...name, row: null }))
          : data.rates.map((rate): Change => {
              const row = { ...versionOf(rate), ...of, revision: revision.toString() };
              return { ...of, prefix: rate.prefix, effectiveFrom: rate.effectiveFrom, row };
            });
      for (const change of changed) changes.set(keyOf(change), change);
    }
    await write(manager, [...changes.values()]);
  },
};

type Named = Pick<TariffRateRow, "providerId" | "tariffId" | "prefix" | "effectiveFrom">;

/** What a version of a rate is after some events. */
interface Change extends Named {
  /** Null: it is gone. */
  readonly row: Omit<TariffRateRow, "effectiveUntil"> | null;
}

const keyOf = ({ providerId, tariffId, prefix, effectiveFrom }: Named): string =>
  [providerId, tariffId, prefix, Date.parse(effectiveFrom)].join(" ");

const write = async (manager: EntityManager, changes: readonly Change[]): Promise<void> => {
  if (changes.length === 0) return;
  const gone = changes.filter(({ row }) => row === null);
  if (gone.length > 0) {
    await manager.query(
      `DELETE FROM tariff_rates r
        USING unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) AS g (provider_id, tariff_id, prefix, instant)
        WHERE r.provider_id = g.provider_id AND r.tariff_id = g.tariff_id
          AND r.prefix = g.prefix AND r.effective_from = g.instant`,
      [...tariffs(gone), gone.map(({ prefix }) => prefix), gone.map(({ effectiveFrom }) => effectiveFrom)],
    );
  }
  await upsert(
    manager,
    tariffRates,
    changes.flatMap(({ row }) => row ?? []),
    { kept: ["effectiveUntil"] },
  );
  await setEnds(manager, changes);
};

const tariffs = (named: readonly Named[]): string[][] => [
  named.map(({ providerId }) => providerId),
  named.map(({ tariffId }) => tariffId),
];

const clone = async (manager: EntityManager, provider: string, from: string, to: string): Promise<void> => {
  const columns = manager.dataSource.getMetadata(tariffRates).columns.map(({ databaseName }) => databaseName);
  const selected = columns.map((column) => (column === "tariff_id" ? "$3" : column));
  await manager.query(
    `INSERT INTO tariff_rates (${columns.join(", ")})
     SELECT ${selected.join(", ")} FROM tariff_rates WHERE provider_id = $1 AND tariff_id = $2
     ON CONFLICT DO NOTHING`,
    [provider, from, to],
  );
};

/** Where the next version of a version's prefix begins, by the primary key: a join may be planned as a loop over all. */
const NEXT = `(SELECT min(n.effective_from) FROM tariff_rates n
                WHERE n.provider_id = r.provider_id AND n.tariff_id = r.tariff_id
                  AND n.prefix = r.prefix AND n.effective_from > r.effective_from)`;

/** Each version of the prefixes ends where the next of its prefix begins. */
const setEnds = (manager: EntityManager, named: readonly Named[]): Promise<unknown> => {
  const prefixes = new Map(named.map((one) => [[one.providerId, one.tariffId, one.prefix].join(" "), one]));
  const each = [...prefixes.values()];
  return manager.query(
    `UPDATE tariff_rates r SET effective_until = ${NEXT}
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS c (provider_id, tariff_id, prefix)
      WHERE r.provider_id = c.provider_id AND r.tariff_id = c.tariff_id AND r.prefix = c.prefix
        AND r.effective_until IS DISTINCT FROM ${NEXT}`,
    [...tariffs(each), each.map(({ prefix }) => prefix)],
  );
};
