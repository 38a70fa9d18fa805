import { ESLint, Linter } from "eslint";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { projections } from "../../libs/read-models/read-models.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the project's own configuration says of a source, were it this file, by the rule on syntax. */
const problemsOf = async (file: string, source: string): Promise<string[]> => {
  const config = (await new ESLint({ cwd: root }).calculateConfigForFile(`${root}${file}`)) as Linter.Config;
  const rule = config.rules?.["no-restricted-syntax"];
  const checked = new Linter().verify(source, { rules: { "no-restricted-syntax": rule ?? "off" } });
  return checked.map(({ message }) => message);
};

const REFUSED = "SQL on tables of read models is written in libs/read-models only: add a query there.";
const onTables = (sql: (table: string) => string): string =>
  projections.flatMap(({ tables }) => tables.map((table) => sql(table))).join("\n");

describe("SQL on tables of read models", () => {
  const tables = projections.flatMap((projection) => projection.tables);
  const sources = [
    onTables((table) => `query("SELECT state FROM ${table} WHERE id = $1");`),
    onTables((table) => `query(\`INSERT INTO\n ${table} (id) VALUES (\${"1"})\`);`),
    onTables((table) => `query("UPDATE ${table} SET a = 1");`),
    onTables((table) => `query(\`SELECT 1 \${"a"} JOIN ${table} t\`);`),
  ];

  it.each([
    "apps/api/customers/queries.ts",
    "apps/worker/main.ts",
    "libs/application/new.ts",
    "libs/processors/new.ts",
  ])("is refused in %s, whatever it does with whichever table", async (file) => {
    for (const source of sources) expect(await problemsOf(file, source)).toEqual(tables.map(() => REFUSED));
  });

  it("is written in libs/read-models, and in specs", async () => {
    const [source = ""] = sources;
    expect(await problemsOf("libs/read-models/customers/queries.ts", source)).toEqual([]);
    expect(await problemsOf("apps/worker/worker.int.spec.ts", source)).toEqual([]);
  });

  it("is told from SQL on primary tables, and from prose", async () => {
    const others = `query("SELECT a FROM provider_secrets"); log("taken from customers, FROM customers_of_mine");`;
    expect(await problemsOf("apps/api/customers/queries.ts", others)).toEqual([]);
  });
});
