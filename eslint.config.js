import { readdirSync, readFileSync } from "node:fs";
import graphql from "@graphql-eslint/eslint-plugin";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Money is decimal text or a Big: a binary float must never touch it (docs/decisions). */
const noFloatOnMoney = [
  { selector: "CallExpression[callee.name='parseFloat']", message: "Use big.js for amounts and parseInt for counts." },
  {
    selector: "MemberExpression[object.name='Math'][property.name='round']",
    message: "Money is rounded in libs/domain/money.ts only.",
  },
  {
    selector: "CallExpression[callee.property.name='toNumber']",
    message: "A Big stays a Big: serialise it with toFixed.",
  },
];

/** Tables that no read model is: whoever writes them reads them. */
const primaryTables = [
  ...["provider_secrets", "parked_closes", "projection_checkpoints", "projection_stalls", "passed_events"],
  ...["billing_workers", "billing_leases", "billing_moments", "processor_cursors", "processor_tasks"],
  ...["sessions", "sign_ins"],
  ...["deliveries", "delivery_outages", "delivery_providers", "delivery_customers", "delivery_holders"],
];
const migrations = new URL("migrations/", import.meta.url);
const readModelTables = [
  ...new Set(
    readdirSync(migrations)
      .flatMap((file) => [...readFileSync(new URL(file, migrations), "utf8").matchAll(/CREATE TABLE (\w+)/g)])
      .map(([, table]) => table)
      .filter((table) => !primaryTables.includes(table)),
  ),
];
const SQL = `/\\b(FROM|INTO|UPDATE|JOIN)\\s+(${readModelTables.join("|")})\\b/`;
const noSqlOnReadModels = [`Literal[value=${SQL}]`, `TemplateElement[value.raw=${SQL}]`].map((selector) => ({
  selector,
  message: "SQL on tables of read models is written in libs/read-models only: add a query there.",
}));

const PROGRAMS = ["**/*.ts", "**/*.tsx", "**/*.js"];

/**
 * The schema that strangers build on: names, and Relay's connections. Descriptions are looked at by
 * apps/api/schema.unit.spec.ts, which knows that Nest gives the root types none.
 */
const schema = {
  files: ["apps/api/schema.graphql"],
  languageOptions: {
    parser: graphql.parser,
    parserOptions: { graphQLConfig: { schema: "./apps/api/schema.graphql" } },
  },
  plugins: { "@graphql-eslint": { rules: graphql.rules } },
  rules: {
    "@graphql-eslint/naming-convention": [
      "error",
      {
        types: "PascalCase",
        FieldDefinition: "camelCase",
        InputValueDefinition: "camelCase",
        DirectiveDefinition: "camelCase",
        EnumValueDefinition: "UPPER_CASE",
        "FieldDefinition[parent.name.value=Query]": {
          forbiddenPrefixes: ["get", "query"],
          forbiddenSuffixes: ["Query"],
        },
        "FieldDefinition[parent.name.value=Mutation]": { forbiddenSuffixes: ["Mutation"] },
      },
    ],
    "@graphql-eslint/no-unreachable-types": "error",
    "@graphql-eslint/unique-enum-value-names": "error",
    "@graphql-eslint/relay-arguments": "error",
    "@graphql-eslint/relay-connection-types": "error",
    // Lines, aliases and closed periods have no id of their own, so their edges hold no `Node`.
    "@graphql-eslint/relay-edge-types": ["error", { shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
    "@graphql-eslint/relay-page-info": "error",
  },
};

export default tseslint.config(
  // The client program is compiled by its own spec, with types that are generated then.
  { ignores: ["**/dist/", "node_modules/", "coverage/", "**/*.cjs", "test/client/program/", "**/generated/"] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ files: PROGRAMS, ...config })),
  {
    files: PROGRAMS,
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true, varsIgnorePattern: "^_" },
      ],
      "no-duplicate-case": "error",
      "no-restricted-imports": [
        "error",
        { name: "date-fns", message: "Import a function by its own path, date-fns/format: all are 300 files to load." },
      ],
      "no-restricted-syntax": ["error", ...noFloatOnMoney],
    },
  },
  {
    files: ["apps/**/*.ts", "libs/**/*.ts"],
    ignores: ["libs/read-models/**", "libs/domain/**", "**/*.spec.ts", "**/spec-support/**"],
    rules: { "no-restricted-syntax": ["error", ...noFloatOnMoney, ...noSqlOnReadModels] },
  },
  {
    files: ["libs/domain/**/*.ts"],
    ignores: ["**/*.spec.ts"],
    rules: {
      "no-restricted-globals": ["error", "process", "fetch", "setTimeout", "setInterval"],
      "no-restricted-syntax": [
        "error",
        ...noFloatOnMoney,
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "The domain has no clock: take the day as an argument.",
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "The domain has no clock.",
        },
        { selector: "CallExpression[callee.name='Number']", message: "No Number on money." },
        { selector: "Decorator", message: "The domain is plain functions and types." },
      ],
    },
  },
  // Pages in the browser.
  { files: ["apps/**/*.tsx"], ...reactHooks.configs.flat.recommended },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
  schema,
);
