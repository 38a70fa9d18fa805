import { type EntityManager } from "typeorm";
import { versionOf } from "#domain/voice/rates.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { type TariffRateRow, tariffRates } from "./table.js";

/** Every version of every rate with its end, event by event: a clone copies what is there at its place in the log. */
export const tariffsProjection: Projection<"tariff" | "rates"> = {
  name: "tariffs",
  version: 1,
  tables: ["tariff_rates"],
  categories: ["tariff", "rates"],
  async apply(manager, events) {
    for (const { type, data, stream, revision } of events) {
      const { provider, id } = parseStreamName(stream);
      if (type === "TariffDefined" && data.clonedFrom !== undefined)
        await clone(manager, provider, data.clonedFrom, id);
      if (type !== "RatesChanged" && type !== "RatesRemoved") continue;
      const prefixes = data.rates.map(({ prefix }) => prefix);
      const instants = data.rates.map(({ effectiveFrom }) => effectiveFrom);
      if (type === "RatesChanged") {
        const rows = data.rates.map((rate): Omit<TariffRateRow, "effectiveUntil"> => ({
          ...{ ...versionOf(rate), providerId: provider, tariffId: id, revision: revision.toString() },
        }));
        await upsert(manager, tariffRates, rows, { kept: ["effectiveUntil"] });
      } else {
        await manager.query(
          `DELETE FROM tariff_rates r USING unnest($3::text[], $4::timestamptz[]) AS gone (prefix, effective_from)
            WHERE r.provider_id = $1 AND r.tariff_id = $2
              AND r.prefix = gone.prefix AND r.effective_from = gone.effective_from`,
          [provider, id, prefixes, instants],
        );
      }
      await setEnds(manager, provider, id, prefixes);
    }
  },
};

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

/** Each version ends where the next of its prefix begins. */
const setEnds = (
  manager: EntityManager,
  provider: string,
  tariffId: string,
  prefixes: readonly string[],
): Promise<unknown> =>
  manager.query(
    `UPDATE tariff_rates r SET effective_until = ${NEXT}
      WHERE r.provider_id = $1 AND r.tariff_id = $2 AND r.prefix = ANY($3::text[])
        AND r.effective_until IS DISTINCT FROM ${NEXT}`,
    [provider, tariffId, [...new Set(prefixes)]],
  );
