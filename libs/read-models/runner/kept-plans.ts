import pg from "pg";

/** Uses of a statement by a connection before its plan is kept there: most texts never come back. */
const USES_BEFORE = 2;
/** Uses of a kept plan: tables grow meanwhile, and another plan may have become better. */
const USES_OF_A_PLAN = 500;
/** Statements that a connection remembers. */
const MOST = 250;

interface Statement {
  uses: number;
  /** Of the prepared statement; undefined: it is not prepared. */
  name?: string;
}

/**
 * Which statements of one connection PostgreSQL keeps parsed and planned, and under which names. Those that come back
 * are a few hundred, and parsing and planning them takes the server longer than executing them
 * (docs/decisions/0277-kept-plans.md).
 */
export class KeptPlans {
  /** By text, the one that was used longest ago first. */
  readonly #statements = new Map<string, Statement>();
  #names = 0;

  /** @param discard gives up a prepared statement for good */
  constructor(private readonly discard: (name: string) => void) {}

  /** The name by which the connection is to prepare or use a statement now; undefined: none. */
  nameOf(text: string): string | undefined {
    if (!mayBeKept(text)) return undefined;
    const statement = this.#statements.get(text) ?? { uses: 0 };
    this.#statements.delete(text);
    this.#statements.set(text, statement);
    this.#forgetOldest();
    statement.uses += 1;
    if (statement.uses <= USES_BEFORE) return undefined;
    if (statement.uses > USES_BEFORE + USES_OF_A_PLAN) {
      statement.uses = USES_BEFORE + 1;
      this.#discard(statement);
    }
    return (statement.name ??= `kept_${(this.#names += 1)}`);
  }

  #forgetOldest(): void {
    if (this.#statements.size <= MOST) return;
    for (const [text, statement] of this.#statements) {
      this.#statements.delete(text);
      this.#discard(statement);
      return;
    }
  }

  #discard(statement: Statement): void {
    if (statement.name === undefined) return;
    this.discard(statement.name);
    delete statement.name;
  }
}

/** Places where the columns of `*` are those of a function, or go into a table that has the same. */
const HARMLESS = /\* FROM unnest\(|INSERT INTO \w+(?: AS \w+)?\s+SELECT \* FROM jsonb_/g;
const ALL_COLUMNS = /(?:\b(?:SELECT|DISTINCT|RETURNING)\s+|,\s*|\w\.)\*/i;
const PATTERN = /\bI?LIKE\b/i;

/**
 * Not a statement that answers all columns of a table: PostgreSQL refuses a kept one once a migration has added a column.
 * Not one with a pattern either: which plan is best depends on it.
 */
const judge = (text: string): boolean => !ALL_COLUMNS.test(text.replace(HARMLESS, "")) && !PATTERN.test(text);

const MOST_JUDGED = 2_000;
const judged = new Map<string, boolean>();

const mayBeKept = (text: string): boolean => {
  const known = judged.get(text);
  if (known !== undefined) return known;
  const may = judge(text);
  if (judged.size >= MOST_JUDGED) judged.clear();
  judged.set(text, may);
  return may;
};

type Query = (...call: unknown[]) => unknown;

/** A client's `query` that has PostgreSQL keep the plans of statements with parameters. */
export const keepingPlans = (client: pg.Client, query: Query): Query => {
  const plans = new KeptPlans((name) => {
    const { parsedStatements } = parsedBy(client);
    // One that could not be parsed is not there, and giving it up would break the transaction.
    if (parsedStatements[name] === undefined) return;
    const forget = (): void => {
      // Not before the server has: the driver would parse it again for a statement that still waits.
      Reflect.deleteProperty(parsedStatements, name);
    };
    Promise.resolve(query(`DEALLOCATE ${name}`)).then(forget, forget);
  });
  return (...call) => {
    const [text, values, ...more] = call;
    if (typeof text !== "string" || !Array.isArray(values) || values.length === 0 || more.length > 0) {
      return query(...call);
    }
    const name = plans.nameOf(text);
    return name === undefined ? query(text, values) : query({ name, text, values });
  };
};

/** What the driver knows to be prepared, by name; it has no other way to forget. */
const parsedBy = (client: pg.Client) =>
  (client as unknown as { readonly connection: { readonly parsedStatements: Record<string, string> } }).connection;

/** A client that keeps plans, without a time limit for statements. */
export class KeepingClient extends pg.Client {
  override readonly query = keepingPlans(this, super.query.bind(this)) as pg.Client["query"];
}
