import { type EntityManager } from "typeorm";
import { type EventOf, isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { catalogItems, type CatalogKind, type CatalogRow, type CatalogStates } from "./table.js";

type Shown = Pick<CatalogRow, "name"> & Partial<Pick<CatalogRow, "status" | "currency">>;

/** Columns of each kind beside its state. The name of a customer class is that of its latest revision. */
const shown: { readonly [Kind in CatalogKind]: (state: CatalogStates[Kind]) => Shown } = {
  subscription: ({ name, currency }) => ({ name, currency }),
  addonproduct: ({ name }) => ({ name }),
  volumediscountplan: ({ name }) => ({ name }),
  mainproduct: ({ name }) => ({ name }),
  customerclass: ({ revisions }) => ({ name: (revisions.at(-1) ?? revisions[0]).name }),
  offer: ({ name, currency, status }) => ({ name, currency, status }),
  servicepolicy: ({ name }) => ({ name }),
  tariff: ({ name, currency }) => ({ name, currency }),
  edge: ({ name }) => ({ name }),
  mailtemplate: ({ kind, language, text }) => ({ name: `${kind} ${language}`, status: text ? null : "DELETED" }),
};

export const catalogKinds = Object.keys(shown) as CatalogKind[];

/** All catalog items, each as the folded state of its stream. */
export const catalogProjection: Projection<CatalogKind> = {
  name: "catalog",
  version: 3,
  tables: ["catalog_items"],
  lateIndexes: ["catalog_items_name"],
  categories: catalogKinds,
  async apply(manager, events) {
    const rows: CatalogRow[] = [];
    for (const kind of catalogKinds) rows.push(...(await rowsOf(manager, kind, events)));
    await upsert(manager, catalogItems, rows, { fixed: ["createdCommit", "createdAt"] });
  },
};

const rowsOf = async (
  manager: EntityManager,
  kind: CatalogKind,
  events: readonly RecordedEvent<EventOf<CatalogKind>>[],
): Promise<CatalogRow[]> => {
  const table = { table: "catalog_items", idColumn: "id", where: `t.kind = '${kind}'` };
  const own = events.filter((event) => isOf(event, kind));
  const show = shown[kind] as (state: CatalogStates[CatalogKind]) => Shown;
  return (await foldStreams(manager, kind, table, own)).map(({ provider, id, state, revision, last, first }) => ({
    providerId: provider,
    kind,
    id,
    status: null,
    currency: null,
    ...show(state),
    state,
    revision: revision.toString(),
    createdCommit: first.position.commit.toString(),
    createdAt: first.metadata.recordedAt,
    updatedAt: last.metadata.recordedAt,
  }));
};
