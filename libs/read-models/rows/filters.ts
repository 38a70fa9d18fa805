import { type DataSource, type EntitySchema, type ObjectLiteral, type SelectQueryBuilder } from "typeorm";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be compared with a uuid column; any other text matches no row. */
export const isUuid = (value: string): boolean => UUID.test(value);

type Value = string | null | undefined;

/**
 * A query on one provider's rows, alias `t`, that conditions are added to. A condition without a value is left out.
 * Column names are constants of the program; values are always parameters.
 */
export class Filtered<Row extends ObjectLiteral> {
  readonly query: SelectQueryBuilder<Row>;
  #parameters = 0;

  constructor(dataSource: DataSource, entity: EntitySchema<Row>, providerId: string) {
    this.query = dataSource.getRepository(entity).createQueryBuilder("t");
    this.query.where(isUuid(providerId) ? "t.providerId = :providerId" : "FALSE", { providerId });
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
  contains(column: string, value: Value): this {
    return this.where(`t.${column} ILIKE ?`, value && `%${value.replaceAll(/[\\%_]/g, "\\$&")}%`);
  }

  /** The column lies between both, both included. */
  between(column: string, from: Value, until: Value): this {
    return this.where(`t.${column} >= ?`, from).where(`t.${column} <= ?`, until);
  }
}

/** Rows of a provider by their ids, in no particular order; unknown ids are left out. */
export const byIds = async <Row extends ObjectLiteral>(
  dataSource: DataSource,
  entity: EntitySchema<Row>,
  providerId: string,
  ids: readonly string[],
): Promise<Row[]> => {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  return new Filtered(dataSource, entity, providerId).where("t.id = ANY(CAST(? AS uuid[]))", known).query.getMany();
};
