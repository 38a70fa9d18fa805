import { type DataSource } from "typeorm";
import { type DocumentDetails } from "#domain/providers/document-details.js";

/** A provider as its documents show it. */
export interface IssuerRow {
  readonly name: string;
  readonly details: DocumentDetails;
}

/** The provider as it was when a document was numbered; null: no such number was assigned. */
export const issuerOfNumber = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  series: string,
  seriesIndex: string,
): Promise<IssuerRow | null> => {
  const [row] = await dataSource.query<IssuerRow[]>(
    `SELECT i.name, i.details FROM issuers i
      WHERE i.provider_id = $1
        AND i.commit < (SELECT n.commit FROM numberings n
                         WHERE n.provider_id = $1 AND n.series = $2 AND n.first <= $3
                         ORDER BY n.first DESC LIMIT 1)
      ORDER BY i.commit DESC LIMIT 1`,
    [providerId, series, seriesIndex],
  );
  return row ?? null;
};

/** The provider as it is now; null: there is none. */
export const presentIssuer = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
): Promise<IssuerRow | null> => {
  const [row] = await dataSource.query<IssuerRow[]>(
    "SELECT name, details FROM issuers WHERE provider_id = $1 ORDER BY commit DESC LIMIT 1",
    [providerId],
  );
  return row ?? null;
};
