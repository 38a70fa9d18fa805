import { type DataSource, type EntitySchema, type ObjectLiteral, type SelectQueryBuilder } from "typeorm";
import { type Scope } from "./scope.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be compared with a uuid column; any other text matches no row. */
export const isUuid = (value: string): boolean => UUID.test(value);

type Text = string | null | undefined;
type Value = Text | boolean;

/**
 * A query on the rows of a scope, alias `t`, that conditions are added to. A condition without a value is left out.
 * Column names are constants of the program; values are always parameters.
 */
export class Filtered<Row extends ObjectLiteral> {
  readonly query: SelectQueryBuilder<Row>;
  #parameters = 0;

  /** @param owner column with the customer that a row belongs to; null: rows of the table belong to no customer */
  constructor(
    dataSource: DataSource,
    entity: EntitySchema<Row>,
    { providerId, customerId }: Scope,
    owner: "id" | "customerId" | null,
  ) {
    this.query = dataSource.getRepository(entity).createQueryBuilder("t");
    this.query.where(isUuid(providerId) ? "t.providerId = :providerId" : "FALSE", { providerId });
    if (customerId !== null && owner !== null)
      this.query.andWhere(`t.${owner} = :ownCustomerId`, { ownCustomerId: customerId });
  }

  /** Adds a condition; `?` in it stands for the value. */
  where(condition: string, value: Value | readonly string[]): this {
    if (value === null || value === undefined) return this;
    const name = `value${++this.#parameters}`;
    this.query.andWhere(condition.replaceAll("?", `:${name}`), { [name]: value });
    return this;
  }

  /** The column equals the value. */
  is(column: string, value: Value): this {
    return this.where(`t.${column} = ?`, value);
  }

  /** The uuid column equals the value; a value that is not a uuid matches no row. */
  isId(column: string, value: Value): this {
    if (typeof value === "string" && !isUuid(value)) this.query.andWhere("FALSE");
    else this.is(column, value);
    return this;
  }

  /** The text column contains the value, whatever the case. */
  contains(column: string, value: Text): this {
    return this.where(`t.${column} ILIKE ?`, value && `%${value.replaceAll(/[\\%_]/g, "\\$&")}%`);
  }

  /** The column lies between both, both included. */
  between(column: string, from: Value, until: Value): this {
    return this.where(`t.${column} >= ?`, from).where(`t.${column} <= ?`, until);
  }
}

/** Rows of a scope by their ids, in no particular order; unknown ids are left out. */
export const byIds = async <Row extends ObjectLiteral>(
  dataSource: DataSource,
  entity: EntitySchema<Row>,
  scope: Scope,
  owner: "id" | "customerId",
  ids: readonly string[],
): Promise<Row[]> => {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  return new Filtered(dataSource, entity, scope, owner).where("t.id = ANY(CAST(? AS uuid[]))", known).query.getMany();
};
