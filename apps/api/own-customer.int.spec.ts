/* eslint @typescript-eslint/no-unsafe-class-instance-assignment: "off" -- it does not end on the types of graphql */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { buildSchema, getNamedType, isEnumType, isInputObjectType } from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { statementsOf } from "./spec-support/statements.js";
import { tellTwoCustomers, type TwoCustomers } from "./spec-support/two-customers.js";
import { type Known, naming, type Request, waysThrough } from "./spec-support/ways.js";

/* A person of the customer Ann asks whatever the schema lets it ask, and meets nothing of the customer Bob. */

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));

let bench: Bench;
let staff: Client;
let ann: Client;
let told: TwoCustomers;

beforeAll(async () => {
  bench = await startBench();
  staff = await bench.provider("2020-07-01T12:00:00Z");
  told = await tellTwoCustomers(bench, staff);
  const { customerId } = told.ann;
  const providerId = staff.providerId ?? "";
  ann = bench.client.by({ actor: `person:${randomUUID()}`, roles: ["self-care"], providerId, customerId });
});
afterAll(() => bench.stop());

const bobs = (): readonly string[] => [...Object.values(told.bob.ids).flat(), ...told.bob.texts];
/** One of each kind; no commitment that both had, of which each sees what it was billed for it. */
const idsOf = (whose: "ann" | "bob"): string[] =>
  Object.values(told[whose].ids).flatMap((ids) =>
    ids.filter((id) => id !== told.given && id !== told.received).slice(0, 1),
  );

const idBy = (whose: "ann" | "bob"): Readonly<Record<string, Known>> =>
  Object.fromEntries(Object.entries(told[whose].ids).map(([list, [id]]) => [list.replace(/s$/, ""), { id }] as const));

const waysOf = (whose: "ann" | "bob"): Request[] =>
  waysThrough(schema, "self-care", { customerId: told[whose].customerId }, idBy(whose));

/** An answer with what it took, without what differs from request to request. */
const tried = async (client: Client, { query, variables }: Request) => {
  let answer: unknown;
  const statements = await statementsOf(async () => {
    const { status, data, errors } = await client.ask(query, variables);
    const told = errors.map(({ message, path, extensions: { correlationId: _, ...extensions } }) => ({
      ...{ message, path, extensions },
    }));
    answer = { status, data, errors: told };
  });
  return { answer, statements: statements.toSorted() };
};

describe("A person of a customer", () => {
  it("reaches its own by every way, and nothing of another customer's by any", async () => {
    const ways = waysOf("ann");
    expect(ways.length).toBeGreaterThan(100);
    for (const { of, query } of ways) {
      const { data, errors } = await ann.ask(query);
      const text = JSON.stringify(data);
      expect([of, errors, bobs().filter((each) => text.includes(each))]).toEqual([of, [], []]);
    }
    // The same ways, of Bob and by somebody who may see him, show all that was looked for.
    const shown: string[] = [];
    for (const { query } of waysOf("bob")) shown.push(JSON.stringify((await staff.ask(query)).data));
    expect(bobs().filter((each) => !shown.some((text) => text.includes(each)))).toEqual([]);
  });

  it("is answered alike, by the same statements, for another's and for what nobody has", async () => {
    const [own] = told.ann.ids["accounts"] ?? [];
    const foreign = { ids: idsOf("bob"), texts: ["bob-line", "bob-alias", "bob-paid", "Bob Bobson", ...numbersOf()] };
    // Of the same shape: how something is looked for depends on what a text looks like.
    const nobodys = (text: string): string => text.replaceAll(/[a-z]/gi, "q").replaceAll(/\d/g, "9");
    const missing = { ids: foreign.ids.map(() => randomUUID()), texts: foreign.texts.map(nobodys) };
    const requests = naming(schema, "query", "self-care", foreign).filter(({ of }) => !of.startsWith("preview "));
    const others = naming(schema, "query", "self-care", missing).filter(({ of }) => !of.startsWith("preview "));
    expect(requests.length).toBeGreaterThan(100);
    for (const [index, request] of requests.entries()) {
      const other = others[index] as Request;
      expect([request.of, await tried(ann, request)]).toEqual([other.of, await tried(ann, other)]);
    }
    expect(own).toBeDefined();
  });

  it("counts, sorts and pages through its own only, wherever a cursor comes from", async () => {
    for (const list of ["accounts", "commitments", "invoices", "creditNotes", "payments", "refunds"]) {
      const own = told.ann.ids[list] ?? [];
      for (const by of sortsOf(list)) {
        for (const direction of ["ASC", "DESC"]) {
          const variables = { sort: { by, direction } };
          const asked = (args: string) =>
            `query ($sort: ${sortOf(list)}) { ${list}(${args}sort: $sort) { totalCount edges { cursor node { id } } } }`;
          const listed = async (client: Client, args = "") =>
            ((await client.query(asked(args), variables)) as Listed)[list] as Listed[string];
          const mine = await listed(ann);
          expect([mine.totalCount, mine.edges.map(({ node }) => node.id).toSorted()]).toEqual([
            own.length,
            [...own].toSorted(),
          ]);
          const all = await listed(staff);
          for (const [index, { cursor }] of all.edges.entries()) {
            const isMine = ({ node }: { readonly node: { readonly id: string } }) => own.includes(node.id);
            const [behind, ahead] = [
              await listed(ann, `after: "${cursor}", `),
              await listed(ann, `before: "${cursor}", `),
            ];
            expect([behind.totalCount, behind.edges]).toEqual([own.length, all.edges.slice(index + 1).filter(isMine)]);
            expect([ahead.totalCount, ahead.edges]).toEqual([own.length, all.edges.slice(0, index).filter(isMine)]);
          }
        }
      }
    }
  });

  it("cannot tell another's from what nobody has by commands and their previews, and writes nothing", async () => {
    const ids = told.bob.ids["commitments"] ?? [];
    const known = { from: "2020-09-05", until: "2020-09-06" };
    const foreign = { ids: [...ids, ...idsOf("bob")], texts: [] };
    const missing = { ids: foreign.ids.map(() => randomUUID()), texts: [] };
    const requestsOf = (those: typeof foreign) => [
      ...naming(schema, "mutation", "self-care", those, known),
      ...naming(schema, "query", "self-care", those, known).filter(({ of }) =>
        /^preview .*((request|withdraw)Pause|createTicket)/.test(of),
      ),
    ];
    const [requests, others] = [requestsOf(foreign), requestsOf(missing)];
    expect(new Set(requests.map(({ of }) => of.split(" ")[0]))).toEqual(
      new Set(["requestPause", "withdrawPause", "createTicket", "preview"]),
    );
    const tail = await bench.store.tail();
    for (const [index, request] of requests.entries()) {
      const [one, other] = [await tried(ann, request), await tried(ann, others[index] as Request)];
      expect([request.of, one]).toEqual([request.of, other]);
      expect([request.of, JSON.stringify(one.answer)]).toEqual([
        request.of,
        expect.stringContaining(/createTicket/.test(request.of) ? "CUSTOMER_NOT_FOUND" : "COMMITMENT_NOT_FOUND"),
      ]);
    }
    expect(await bench.store.tail()).toEqual(tail);
  });

  it("reads its own documents, and others' as little as those that nobody has", async () => {
    const file = async (path: string) => {
      let answer: unknown;
      const statements = await statementsOf(async () => {
        const response = await fetch(new URL(path, bench.url), { headers: ann.headers });
        answer = { status: response.status, text: response.status === 200 ? "" : await response.text() };
      });
      return { answer, statements };
    };
    const { providerId = "" } = staff;
    for (const [kind, list] of [
      ["invoices", "invoices"],
      ["credit-notes", "creditNotes"],
      ["statements", "customers"],
    ] as const) {
      const at = (id: string, provider = providerId) => file(`/documents/${provider}/${kind}/${id}.html`);
      const [[mine = ""], [bobs = ""]] = [told.ann.ids[list] ?? [], told.bob.ids[list] ?? []];
      expect((await at(mine)).answer).toEqual({ status: 200, text: "" });
      const missing = await at(randomUUID());
      expect(missing.answer).toMatchObject({ status: 404 });
      expect(await at(bobs)).toEqual(missing);
      expect(await at(mine, randomUUID())).toEqual({ ...missing, statements: [] });
    }
  });

  it("keeps what it was billed for a commitment that it gave away, and sees of one that it got what it pays itself", async () => {
    const lines = "lines { edges { node { description commitment { id } invoice { id } } } }";
    const { given, received } = told;
    const answer = await ann.query(
      `query ($given: ID!, $received: ID!) { given: commitment(id: $given) { id } received: commitment(id: $received) { id ${lines} }
         invoices { edges { node { ${lines} } } } }`,
      { given, received },
    );
    const { invoices, ...commitments } = answer as {
      given: unknown;
      received: { id: string; lines: Lines };
      invoices: { edges: { node: { lines: Lines } }[] };
    };
    expect([commitments.given, commitments.received.id]).toEqual([null, received]);
    const own = told.ann.ids["invoices"] ?? [];
    const invoiceIds = commitments.received.lines.edges.map(({ node }) => node.invoice?.id ?? "");
    expect(invoiceIds.length).toBeGreaterThan(0);
    expect(invoiceIds.filter((id) => !own.includes(id))).toEqual([]);
    const billed = invoices.edges.flatMap(({ node }) => node.lines.edges);
    expect(billed.filter(({ node }) => node.commitment === null)).toHaveLength(1);
  });
});

interface Lines {
  readonly edges: {
    readonly node: { readonly commitment: { id: string } | null; readonly invoice: { id: string } | null };
  }[];
}
type Listed = Readonly<
  Record<
    string,
    {
      readonly totalCount: number;
      readonly edges: { readonly cursor: string; readonly node: { readonly id: string } }[];
    }
  >
>;

const sortOf = (list: string): string => `${list.charAt(0).toUpperCase()}${list.slice(1, -1)}Sort`;
/** The sort orders of a list, as the schema has them. */
const sortsOf = (list: string): readonly string[] => {
  const sort = schema.getType(sortOf(list));
  if (!isInputObjectType(sort)) throw new Error(`${list} cannot be sorted`);
  const by = getNamedType(sort.getFields()["by"]?.type);
  return isEnumType(by) ? by.getValues().map(({ name }) => name) : [];
};
const numbersOf = (): string[] => told.bob.texts.filter((text) => /\d/.test(text));
