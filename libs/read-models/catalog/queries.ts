import { type DataSource } from "typeorm";
import { Filtered, isUuid } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { catalogItems, type CatalogKind, type CatalogRow } from "./table.js";

export interface CatalogFilter {
  /** Part of the name, whatever its case. */
  readonly name?: string | null | undefined;
  /** Status of offers. Deleted ones are listed only when this asks for them. */
  readonly status?: CatalogRow["status"] | undefined;
  /** Currency of subscriptions, offers and tariffs. */
  readonly currency?: string | null | undefined;
  /** Service of add-on products and volume discount plans. */
  readonly service?: string | null | undefined;
  /** Main products that allow this add-on product. */
  readonly addOnProductId?: string | null | undefined;
  /** Kind of mails of templates, their language and customer class. */
  readonly kind?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly customerClassId?: string | null | undefined;
}

export type CatalogSortField = "CREATED" | "NAME" | "UPDATED";

const sorting: Sorting<CatalogSortField> = {
  fields: {
    CREATED: { sql: "t.createdCommit", type: "numeric" },
    NAME: { sql: "lower(t.name)", type: "text" },
    UPDATED: { sql: "t.updatedAt", type: "timestamptz" },
  },
  byDefault: { by: "CREATED", direction: "ASC" },
  unique: { sql: "t.id", type: "uuid" },
};

/** Lists catalog items of one kind. */
export const listCatalogItems = async <Kind extends CatalogKind>(
  dataSource: DataSource,
  scope: Scope,
  kind: Kind,
  options: ListOptions<CatalogFilter, CatalogSortField> = {},
): Promise<Slice<CatalogRow<Kind>>> => {
  const { name, status, currency, service, addOnProductId, ...template } = options.filter ?? {};
  const filtered = new Filtered(dataSource, catalogItems, scope, null)
    .is("kind", kind)
    .contains("name", name)
    .is("status", status)
    .is("currency", currency)
    .where("t.state ->> 'service' = ?", service)
    .where("t.state -> 'addOnProductIds' @> to_jsonb(CAST(? AS text))", addOnProductId)
    .where("t.state ->> 'kind' = ?", template.kind)
    .where("t.state ->> 'language' = ?", template.language)
    .where("t.state ->> 'customerClassId' = ?", template.customerClassId);
  if (status == null) filtered.query.andWhere("t.status IS DISTINCT FROM 'DELETED'");
  return (await paginate(filtered.query, sorting, options)) as Slice<CatalogRow<Kind>>;
};

/** Catalog items of one kind by id, deleted ones included; unknown ids are left out. */
export const findCatalogItems = async <Kind extends CatalogKind>(
  dataSource: DataSource,
  scope: Scope,
  kind: Kind,
  ids: readonly string[],
): Promise<CatalogRow<Kind>[]> => {
  const rows = await new Filtered(dataSource, catalogItems, scope, null)
    .is("kind", kind)
    .where("t.id = ANY(CAST(? AS uuid[]))", ids.filter(isUuid))
    .query.getMany();
  return rows as CatalogRow<Kind>[];
};
