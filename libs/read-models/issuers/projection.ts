import { type EntityManager } from "typeorm";
import { type DocumentDetails, NO_DOCUMENT_DETAILS } from "#domain/providers/document-details.js";
import { type EventOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Projection } from "../runner/projection.js";
import { toJsonb } from "../runner/fit.js";

type Event = RecordedEvent<EventOf<"provider" | "documentdetails" | "register">>;

/** A provider as its documents show it from an event on. */
interface IssuerRow {
  readonly provider_id: string;
  /** Commit position of the event. */
  readonly commit: string;
  readonly name: string;
  readonly details: DocumentDetails;
}

/**
 * Providers as their documents show them, one row for each change, and from which number on documents were numbered
 * when: a document shows the provider as it was when the document was numbered.
 */
export const issuersProjection: Projection<"provider" | "documentdetails" | "register"> = {
  name: "issuers",
  version: 1,
  tables: ["issuers", "numberings"],
  categories: ["provider", "documentdetails", "register"],
  async apply(manager, events) {
    await writeIssuers(manager, events);
    const numberings = events.flatMap((event) =>
      event.type === "NumbersAssigned"
        ? [{ ...placeOf(event), series: event.data.series, first: event.data.first }]
        : [],
    );
    if (numberings.length === 0) return;
    await manager.query("INSERT INTO numberings SELECT * FROM jsonb_populate_recordset(NULL::numberings, $1::jsonb)", [
      toJsonb(numberings),
    ]);
  },
};

const placeOf = ({ stream, position }: Event) => ({
  provider_id: parseStreamName(stream).provider,
  commit: position.commit.toString(),
});

const writeIssuers = async (manager: EntityManager, events: readonly Event[]): Promise<void> => {
  const changes = events.filter(isChange);
  if (changes.length === 0) return;
  const last = await lastRows(manager, [...new Set(changes.map((event) => placeOf(event).provider_id))]);
  const rows = changes.map((event): IssuerRow => {
    const place = placeOf(event);
    const before = last.get(place.provider_id) ?? { ...place, name: "", details: NO_DOCUMENT_DETAILS };
    const row = { ...before, ...place, ...changed(event) };
    last.set(place.provider_id, row);
    return row;
  });
  await manager.query("INSERT INTO issuers SELECT * FROM jsonb_populate_recordset(NULL::issuers, $1::jsonb)", [
    toJsonb(rows),
  ]);
};

const isChange = (event: Event): boolean => Object.keys(changed(event)).length > 0;

const changed = (event: Event): Partial<Pick<IssuerRow, "name" | "details">> => {
  switch (event.type) {
    case "ProviderCreated":
    case "ProviderSettingsChanged":
      return { name: event.data.name };
    case "DocumentDetailsChanged": {
      const { effectiveOn: _, ...details } = event.data;
      return { details };
    }
    default:
      return {};
  }
};

const lastRows = async (manager: EntityManager, providers: readonly string[]): Promise<Map<string, IssuerRow>> => {
  const rows = await manager.query<IssuerRow[]>(
    `SELECT DISTINCT ON (i.provider_id) i.provider_id, i.commit::text, i.name, i.details
       FROM issuers i WHERE i.provider_id = ANY($1::uuid[]) ORDER BY i.provider_id, i.commit DESC`,
    [providers],
  );
  return new Map(rows.map((row) => [row.provider_id, row]));
};
