import { EntitySchema, type EntitySchemaColumnOptions, EntitySchemaOptions } from "typeorm";

/**
 * Column types of the read models, for entity schemas. Values read are: ids, dates (`YYYY-MM-DD`), instants (ISO, UTC),
 * amounts (with their stored decimals) and bigints as text; jsonb parsed (set up in data-source.ts).
 */
type Column = EntitySchemaColumnOptions;

export const uuidKey: Column = { type: "uuid", primary: true };
export const uuid: Column = { type: "uuid" };
export const text: Column = { type: "text" };
export const date: Column = { type: "date" };
export const numeric: Column = { type: "numeric" };
export const bigint: Column = { type: "bigint" };
export const integer: Column = { type: "integer" };
export const boolean: Column = { type: "boolean" };
export const jsonb: Column = { type: "jsonb" };

const iso = (value: Date | null): string | null => value?.toISOString() ?? null;
/** An instant in milliseconds, as the injected clock returns it. */
export const instant: Column = { type: "timestamptz", transformer: { from: iso, to: (value: string | null) => value } };

export const nullable = (column: Column): Column => ({ ...column, nullable: true });
export const arrayOf = (column: Column): Column => ({ ...column, array: true });

/** The entity of a table: rows are plain objects, and every property is a column. */
export const entityOf = <Row extends object>(
  name: string,
  tableName: string,
  columns: Record<keyof Row, Column>,
): EntitySchema<Row> =>
  new EntitySchema<Row>(Object.assign(new EntitySchemaOptions<Row>(), { name, tableName, columns }));
