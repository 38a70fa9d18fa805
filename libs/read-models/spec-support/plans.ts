import { type DataSource, type Logger } from "typeorm";
import { PROVIDER } from "./journal.js";

interface Statement {
  readonly sql: string;
  readonly parameters: unknown[] | object;
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly Plans?: readonly PlanNode[];
}

/** The statements that a task sends through the data source. */
const statementsOf = async (dataSource: DataSource, task: () => Promise<unknown>): Promise<Statement[]> => {
  const statements: Statement[] = [];
  const none = () => undefined;
  const logger: Logger = {
    logQuery: (sql, parameters = []) => statements.push({ sql, parameters }),
    logQueryError: none,
    logQuerySlow: none,
    logSchemaBuild: none,
    logMigration: none,
    log: none,
  };
  const before = dataSource.logger;
  dataSource.logger = logger;
  try {
    await task();
  } finally {
    dataSource.logger = before;
  }
  return statements;
};

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** How PostgreSQL reads tables for a task's statements: each scan as `type of index` or `type of table`. */
export const scansOf = async (dataSource: DataSource, task: () => Promise<unknown>): Promise<string[][]> => {
  const scans: string[][] = [];
  for (const { sql, parameters } of await statementsOf(dataSource, task)) {
    const [row] = await dataSource.query<{ "QUERY PLAN": { Plan: PlanNode }[] }[]>(
      `EXPLAIN (FORMAT JSON) ${sql}`,
      Array.isArray(parameters) ? parameters : [],
    );
    const nodes = (row?.["QUERY PLAN"] ?? []).flatMap(({ Plan }) => nodesOf(Plan));
    scans.push(
      nodes
        .filter((node) => node["Node Type"].endsWith("Scan"))
        .map((node) => `${node["Node Type"]} of ${node["Index Name"] ?? node["Relation Name"] ?? ""}`),
    );
  }
  return scans;
};

/** Accounts with an identifier of ten digits each, one in seven of another provider; statistics are gathered. */
export const fillAliases = async (dataSource: DataSource, count: number): Promise<void> => {
  await dataSource.query(
    `INSERT INTO account_aliases (provider_id, account_id, identifier_hash, customer_id, kind, alias, alias_form,
                                  account_status, role, allow_authentication)
     SELECT CASE WHEN n % 7 = 0 THEN gen_random_uuid() ELSE $1::uuid END, gen_random_uuid(), n, gen_random_uuid(),
            'IDENTIFIER', digits, digits, 'OPEN', 'UNIVERSAL', true
       FROM (SELECT n, lpad(((n::bigint * 7919 * 104729) % 10000000000)::text, 10, '0') AS digits
               FROM generate_series(1, $2::integer) n) numbered`,
    [PROVIDER, count],
  );
  await dataSource.query("ANALYZE account_aliases");
};

const WORDS = "ARRAY['ann', 'bob', 'carla', 'dora', 'emil', 'fritz', 'gina', 'hugo', 'ines', 'jan', 'kurt']";

/**
 * Customers `<word> <word> <number>` with an address and a phone number of ten digits each, one in seven of another
 * provider; statistics are gathered.
 */
export const fillCustomers = async (dataSource: DataSource, count: number): Promise<void> => {
  await dataSource.query(
    `INSERT INTO customers (provider_id, id, name, email, phone, name_form, email_form, phone_digits, currency,
                            customer_class_id, credit_limit, status, created_on, state, revision, created_commit,
                            created_at, updated_at)
     SELECT CASE WHEN n % 7 = 0 THEN gen_random_uuid() ELSE $1::uuid END, gen_random_uuid(), name, email, digits,
            name, email, digits, 'USD', NULL, 0, CASE WHEN n % 50 = 0 THEN 'SUSPENDED' ELSE 'ACTIVE' END, '2020-01-01',
            '{"cycles": []}', 0, n, now(), now() + n * interval '1 second'
       FROM (SELECT n, w[1 + n % 11] || ' ' || w[1 + (n / 11) % 11] || ' ' || n AS name,
                    w[1 + n % 11] || n || '@' || w[1 + (n / 121) % 11] || '.example' AS email,
                    lpad(((n::bigint * 7919 * 104729) % 10000000000)::text, 10, '0') AS digits
               FROM generate_series(1, $2::integer) n, (SELECT ${WORDS} AS w) words) numbered`,
    [PROVIDER, count],
  );
  // Indexes of trigrams are costed by what has not been merged into them yet.
  await dataSource.query("VACUUM ANALYZE customers");
};

const ANY_VALUE: Readonly<Record<string, string>> = {
  uuid: "gen_random_uuid()",
  text: "''",
  jsonb: "'{}'",
  ARRAY: "'{}'",
  date: "'2020-01-01'",
  boolean: "false",
  "timestamp with time zone": "now()",
};

/** A kind that no row has, or one name that all have, would make an index on them look as good as one on the id. */
const BY_NAME: Readonly<Record<string, string>> = {
  provider_id: "$1",
  kind: "'offer'",
  name: "gen_random_uuid()::text",
};

/** Fills a table with rows of the provider that differ by their uuids and names only, invoices numbered; statistics are gathered. */
export const fillTable = async (dataSource: DataSource, table: string, count: number): Promise<void> => {
  const columns = await dataSource.query<{ name: string; type: string }[]>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
      WHERE table_name = $1 AND (is_nullable = 'NO' OR column_name = 'number')`,
    [table],
  );
  const values = columns.map(({ name, type }) => BY_NAME[name] ?? ANY_VALUE[type] ?? "0");
  await dataSource.query(
    `INSERT INTO ${table} (${columns.map(({ name }) => name).join(", ")})
     SELECT ${values.join(", ")} FROM generate_series(1, $2::integer)`,
    [PROVIDER, count],
  );
  await dataSource.query(`ANALYZE ${table}`);
};
