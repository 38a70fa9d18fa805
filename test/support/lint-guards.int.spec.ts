import { ESLint } from "eslint";
import { expect, it } from "vitest";

/** Each guard of eslint.config.js reports what it is there for. The code stands in for a file that the project has. */

const eslint = new ESLint();

/** Ids of the rules that the code violates, each once, sorted. */
const violated = async (filePath: string, code: string): Promise<string[]> => {
  const [result] = await eslint.lintText(code, { filePath });
  return [...new Set(result?.messages.map(({ ruleId, message }) => ruleId ?? message))].sort();
};

const DOMAIN = "libs/domain/money.ts";
const ELSEWHERE = "apps/api/core/session.ts";
const TYPED = "@typescript-eslint/";

it.each([
  ["a promise that nobody waits for", "Promise.resolve();", `${TYPED}no-floating-promises`],
  [
    "a switch that leaves out a case",
    'export const f = (k: "a" | "b"): void => { switch (k) { case "a": } };',
    `${TYPED}switch-exhaustiveness-check`,
  ],
  [
    "an import of a type without `type`",
    'import { Big } from "big.js"; export const f = (big: Big): string => big.toFixed();',
    `${TYPED}consistent-type-imports`,
  ],
  [
    "an object in a text",
    "export const f = (value: readonly object[]): string => `${value}`;",
    `${TYPED}restrict-template-expressions`,
  ],
  ["a name that is not used", "const unused = 1;", `${TYPED}no-unused-vars`],
  ["`any`", "export type T = any;", `${TYPED}no-explicit-any`],
  ["a value of type any", 'export const f = (): string => JSON.parse("1");', `${TYPED}no-unsafe-return`],
  [
    "a condition that always holds",
    'export const f = (a: { b: 1 }): string => (a ? "a" : "b");',
    `${TYPED}no-unnecessary-condition`,
  ],
  ["a silenced compiler", "// @ts-ignore\nexport const f = 1;", `${TYPED}ban-ts-comment`],
  ["all of date-fns", 'import { format } from "date-fns"; export const f = format;', "no-restricted-imports"],
  ["parseFloat", 'export const f = parseFloat("1");', "no-restricted-syntax"],
  ["Math.round", "export const f = Math.round(1.5);", "no-restricted-syntax"],
  [
    "toNumber",
    'import { type Big } from "big.js"; export const f = (big: Big): number => big.toNumber();',
    "no-restricted-syntax",
  ],
])("everywhere: %s", async (_, code, rule) => {
  expect(await violated(ELSEWHERE, code)).toContain(rule);
  expect(await violated(DOMAIN, code)).toContain(rule);
});

it.each([
  ["the process", "export const f = process.pid;", "no-restricted-globals"],
  ["the network", 'export const f = fetch("http://127.0.0.1");', "no-restricted-globals"],
  ["a timer", "setTimeout(() => undefined, 1);", "no-restricted-globals"],
  ["an interval", "setInterval(() => undefined, 1);", "no-restricted-globals"],
  ["the time of now as a date", "export const f = new Date();", "no-restricted-syntax"],
  ["the time of now as a number", "export const f = Date.now();", "no-restricted-syntax"],
  ["Number of a text", 'export const f = Number("1");', "no-restricted-syntax"],
  [
    "a decorator",
    "const d = (target: unknown): string => typeof target; @d export class C { readonly a = 1; }",
    "no-restricted-syntax",
  ],
])("in the domain alone: %s", async (_, code, rule) => {
  expect(await violated(DOMAIN, code)).toEqual([rule]);
  expect(await violated(ELSEWHERE, code)).toEqual([]);
});

it("finds nothing in code that keeps to the rules", async () => {
  expect(await violated(DOMAIN, "export const one = (): number => 1;\n")).toEqual([]);
});

it.each([
  ["a name in another case", "type Query { Customer: String }", "naming-convention"],
  ["a query that says it is one", "type Query { getCustomer: String }", "naming-convention"],
  [
    "a connection without a page",
    "type Query { things: ThingConnection } type ThingConnection { edges: [Int] }",
    "relay-connection-types",
  ],
  ["a page without its ends", "type Query { a: PageInfo } type PageInfo { hasNextPage: Boolean! }", "relay-page-info"],
  ["a type that nothing leads to", "type Query { a: Int } type Lost { a: Int }", "no-unreachable-types"],
])("in the schema: %s", async (_, code, rule) => {
  expect(await violated("apps/api/schema.graphql", code)).toContain(`@graphql-eslint/${rule}`);
});
