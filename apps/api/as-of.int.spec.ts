import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { buildSchema, isObjectType } from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";
import { everythingBelow } from "./spec-support/everything-below.js";

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));
const typeOf = (name: string) => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`The schema has no type ${name}`);
  return type;
};
/** What lives outside is as it is now, whatever is asked for. */
const OUTSIDE = ["Customer.tickets", "Customer.supportCost", "Customer.deliveries"];
const CUSTOMER = everythingBelow(typeOf("Customer"), OUTSIDE, 4);

let bench: Bench;
let client: Client;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
});
afterAll(() => bench.stop());

/** Moves the test clock, and does the work that becomes due. */
const until = async (at: string): Promise<void> => {
  await bench.advance(client, at);
  await doDaysWork(bench, client, new Date(at).toISOString());
};

const firstInvoiceOf = async (id: string) => {
  const asked = `{ customer(id: "${id}") { invoices(last: 1) { edges { node { id number } } } } }`;
  const { customer } = (await client.query(asked)) as {
    customer: { invoices: { edges: { node: { id: string; number: string } }[] } };
  };
  const [edge] = customer.invoices.edges;
  if (!edge) throw new Error(`The customer ${id} has no invoice`);
  return edge.node;
};

/** What is answered to the fields of a query, and the codes of what was refused. */
const answerOf = async (fields: string, by: Client = client) => {
  const { data, errors } = await by.ask(`{ ${fields} }`);
  return [data, ...errors.map(({ path, extensions: { code, field } }) => [path?.join("."), code, field])];
};

describe("A day to which something is dated back", () => {
  let own: Client;
  let customerId: string;
  let commitmentId: string;
  let other: string;
  const shown = async (day: string) => {
    const asOf = `asOf: { day: "${day}" }`;
    const { customer, commitment, account } = (await own.query(
      `{ customer(id: "${customerId}", ${asOf}) { contact { name } subscriptionDiscountRate }
         commitment(id: "${commitmentId}", ${asOf}) { status terminatedOn pauses { from until } }
         account(id: "${other}", ${asOf}) { mainProduct { name } aliases closedOn } }`,
    )) as { customer: object; commitment: object; account: object };
    return { ...customer, ...commitment, ...account };
  };
  const whole = (day: string) => own.ask(`{ customer(id: "${customerId}", asOf: { day: "${day}" }) { ${CUSTOMER} } }`);
  const work = async (at: string): Promise<void> => {
    await bench.advance(own, at);
    await doDaysWork(bench, own, new Date(at).toISOString());
  };

  beforeAll(async () => {
    own = await bench.provider("2020-01-01T12:00:00Z");
    const { offerId, mainProductId, accountId, customerId: id } = await tellStory(own);
    customerId = id;
    ({ id: commitmentId } = await own.run("assignOffer", { accountId, offerId }));
    ({ id: other } = await own.run("openAccount", { customerId, identifier: "other", mainProductId }));
    await work("2020-03-05T12:00:00Z");
    await own.run("changeCustomerContact", { customerId, name: "John Married" });
    const { id: two } = await own.run("defineMainProduct", { name: "Two", addOnProductIds: [] });
    await own.run("changeMainProduct", { accountId: other, mainProductId: two });
    await own.run("addAlias", { accountId: other, alias: "555" });
    await own.run("terminateCommitment", { commitmentId, effectiveOn: "2020-06-30" });
  });

  it("has what is dated back to it, and nothing else that was recorded before that", async () => {
    const before = { contact: { name: "John Doe" }, subscriptionDiscountRate: null, mainProduct: { name: "Smart" } };
    const untouched = { status: "ACTIVE", terminatedOn: null, pauses: [], aliases: [], closedOn: null };
    expect(await shown("2020-02-28")).toEqual({ ...before, ...untouched });
    await bench.advance(own, "2020-03-10T12:00:00Z");
    const reason = "It was promised";
    await own.run("setSubscriptionDiscountRate", { customerId, rate: "10", effectiveOn: "2020-01-20", reason });
    await own.run("pauseCommitment", { commitmentId, from: "2020-02-10", until: "2020-02-12", reason });
    await own.run("closeAccount", { accountId: other, effectiveOn: "2020-02-28", reason });
    const rated = { ...before, ...untouched, subscriptionDiscountRate: "10" };
    const pauses = [{ from: "2020-02-10", until: "2020-02-12" }];
    expect([await shown("2020-01-19"), await shown("2020-01-20"), await shown("2020-02-11")]).toEqual([
      { ...before, ...untouched },
      rated,
      { ...rated, status: "PAUSED", pauses },
    ]);
    expect(await shown("2020-03-01")).toEqual({ ...rated, pauses, closedOn: "2020-02-28" });
    expect(await shown("2020-03-10")).toEqual({
      ...{ contact: { name: "John Married" }, mainProduct: { name: "Two" }, aliases: ["555"], closedOn: "2020-02-28" },
      ...{ subscriptionDiscountRate: "10", status: "ACTIVE", terminatedOn: "2020-06-30", pauses },
    });
  });

  it("has a history of what counts on it", async () => {
    const told = async (field: string, day: string) => {
      const history = "history(first: 50) { totalCount edges { node { type } } }";
      const answer = (await own.query(`{ ${field}, asOf: { day: "${day}" }) { ${history} } }`)) as Record<
        string,
        { history: { totalCount: number; edges: { node: { type: string } }[] } }
      >;
      const [found] = Object.values(answer);
      expect(found?.history.totalCount).toBe(found?.history.edges.length);
      return found?.history.edges.map(({ node: { type } }) => type);
    };
    const customer = `customer(id: "${customerId}"`;
    const begun = ["AccountOpened", "CommitmentAssigned", "AccountOpened", "CustomerCreated"];
    expect(await told(customer, "2020-01-19")).toEqual(begun);
    expect(await told(customer, "2020-01-31")).toEqual(["SubscriptionDiscountRateSet", ...begun]);
    expect(await told(`commitment(id: "${commitmentId}"`, "2020-02-10")).toEqual([
      ...["PauseScheduled", "CommitmentAssigned"],
    ]);
    const { edges } = (
      (await own.query(`{ customer(id: "${customerId}") { invoices(last: 1) { edges { node { id } } } } }`)) as {
        customer: { invoices: { edges: { node: { id: string } }[] } };
      }
    ).customer.invoices;
    expect(await told(`invoice(id: "${edges[0]?.node.id ?? ""}"`, "2020-02-01")).toEqual([
      ...["NumbersAssigned", "InvoiceSealed", "InvoicePageRecorded"],
    ]);
  });

  it("stays as it is in every field when something is recorded that is of later days only", async () => {
    const days = ["2020-01-25", "2020-02-29"];
    const before = [];
    for (const day of days) before.push(await whole(day));
    await own.run("recordPayment", { customerId, amount: "10.00" });
    await own.run("pauseCommitment", { commitmentId, from: "2020-04-10", until: "2020-04-12" });
    await own.run("suspendCustomer", { customerId, effectiveOn: "2020-03-02", reason: "Asked for" });
    await own.run("changeCustomerContact", { customerId, name: "John Widowed" });
    await work("2020-04-02T12:00:00Z");
    const after = [];
    for (const day of days) after.push(await whole(day));
    expect(after).toEqual(before);
  });
});

describe("The story of two customers", () => {
  let ann: string;
  let bob: string;
  let annsAccount: string;
  let given: string;
  let kept: string;
  /** What was answered of a customer at an instant. */
  const answered: { readonly at: string; readonly id: string; readonly answer: unknown }[] = [];

  const note = async (at: string): Promise<void> => {
    for (const id of [ann, bob]) {
      answered.push({ at, id, answer: await client.ask(`{ customer(id: "${id}") { ${CUSTOMER} } }`) });
    }
  };
  /** The same moments asked for afterwards. */
  const again = async (moments: typeof answered): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (const { at, id } of moments) {
      const answer = await client.ask(`{ customer(id: "${id}", asOf: { knownAt: "${at}" }) { ${CUSTOMER} } }`);
      found.push({ at, id, answer });
    }
    return found;
  };

  beforeAll(async () => {
    const { offerId, mainProductId, customerId, accountId } = await tellStory(client, "ann-line");
    ann = customerId;
    annsAccount = accountId;
    ({ id: bob } = await client.run("createCustomer", { contact: { name: "Bob" }, currency: "USD" }));
    const bobs = { customerId: bob, identifier: "bob-line", mainProductId };
    const { id: bobsAccount } = await client.run("openAccount", bobs);
    ({ id: given } = await client.run("assignOffer", { accountId, offerId }));
    ({ id: kept } = await client.run("assignOffer", { accountId, offerId }));
    await note("2020-07-01T12:00:00Z");
    await until("2020-07-20T12:00:00Z");
    await client.run("pauseCommitment", { commitmentId: kept, from: "2020-08-10", until: "2020-08-20" });
    await client.run("transferCommitment", {
      ...{ commitmentId: given, toAccountId: bobsAccount, effectiveOn: "2020-07-15" },
    });
    await client.run("changeCustomerContact", { customerId: ann, name: "Ann Annson", email: "ann@example.org" });
    await note("2020-07-20T12:00:00Z");
    await until("2020-08-15T12:00:00Z");
    await client.run("recordPayment", { customerId: ann, amount: "10.00", reference: "bank 1" });
    await client.run("reviseOffer", { offerId, name: "Turbo 2 GB" });
    await client.run("addAlias", { accountId, alias: "ann-alias" });
    await note("2020-08-15T12:00:00Z");
    await until("2020-09-03T12:00:00Z");
    await client.run("terminateCommitment", { commitmentId: kept, effectiveOn: "2020-09-03" });
    await client.run("suspendCustomer", { customerId: bob, effectiveOn: "2020-09-03", reason: "Asked for" });
    await note("2020-09-03T12:00:00Z");
    await until("2020-10-02T12:00:00Z");
    await client.run("removeAlias", { accountId, alias: "ann-alias" });
    await client.run("voidInvoice", { invoiceId: (await firstInvoiceOf(ann)).id, reason: "Wrong" });
    await note("2020-10-02T12:00:00Z");
  });

  it("is refused where more events concern it than an answer may be made of, as configured", async () => {
    const asked = async (mostEvents: number, id: string) => {
      const api = await bench.api({ asOfEvents: mostEvents });
      const answer = await fetch(api.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...client.headers },
        body: JSON.stringify({ query: `{ customer(id: "${id}", asOf: { day: "2020-07-10" }) { contact { name } } }` }),
      });
      const { data, errors = [] } = (await answer.json()) as {
        data: unknown;
        errors?: { message: string; extensions: { code: string } }[];
      };
      return [data, ...errors.map(({ message, extensions: { code } }) => `${code}: ${message}`)];
    };
    const { id } = await client.run("createCustomer", { contact: { name: "Cleo" }, currency: "USD" });
    expect(await asked(3, id)).toEqual([
      { customer: null },
      "QUERY_TOO_LARGE: More than 3 events concern this: too many for one answer.",
    ]);
    expect(await asked(50_000, ann)).toEqual([{ customer: { contact: { name: "John Doe" } } }]);
  });

  it("explains by the events that were known then, and by no other", async () => {
    const EXPLAINED = `balanceDueExplanation { value events { type recordedAt } }
      commitments(first: 5) { edges { node { statusExplanation { events { type recordedAt } } } } }`;
    const at = async (knownAt: string) =>
      (await client.query(`{ customer(id: "${ann}", asOf: { knownAt: "${knownAt}" }) { ${EXPLAINED} } }`)) as object;
    for (const knownAt of ["2020-07-20T12:00:00Z", "2020-08-15T12:00:00Z", "2020-10-02T12:00:00Z"]) {
      const instants = [...JSON.stringify(await at(knownAt)).matchAll(/"recordedAt":"([^"]*)"/g)].map(([, one]) => one);
      expect(instants.length).toBeGreaterThan(0);
      expect(instants.filter((one) => Date.parse(one ?? "") > Date.parse(knownAt))).toEqual([]);
    }
  });

  it("is told as it was known at each moment, with every field", async () => {
    expect(await again(answered)).toEqual(answered);
  });

  it("is told for the present day as it is now", async () => {
    for (const id of [ann, bob]) {
      const now = await client.ask(`{ customer(id: "${id}") { ${CUSTOMER} } }`);
      expect(await client.ask(`{ customer(id: "${id}", asOf: { day: "2020-10-02" }) { ${CUSTOMER} } }`)).toEqual(now);
    }
  });

  it("holds for a day as it is known now, or as it was known then", async () => {
    const holder = (asOf: string) => `commitment(id: "${given}", asOf: { ${asOf} }) { customer { contact { name } } }`;
    const status = (day: string) => `commitment(id: "${kept}", asOf: { day: "${day}" }) { status }`;
    expect(
      await answerOf(`a: ${holder('day: "2020-07-14"')} b: ${holder('day: "2020-07-16"')}
      c: ${holder('day: "2020-07-16", knownAt: "2020-07-19T12:00:00Z"')}`),
    ).toEqual([
      {
        a: { customer: { contact: { name: "John Doe" } } },
        b: { customer: { contact: { name: "Bob" } } },
        c: { customer: { contact: { name: "John Doe" } } },
      },
    ]);
    expect(
      await answerOf(`a: ${status("2020-08-09")} b: ${status("2020-08-10")} c: ${status("2020-09-03")}
      d: ${status("2021-09-04")}`),
    ).toEqual([
      { a: { status: "ACTIVE" }, b: { status: "PAUSED" }, c: { status: "ACTIVE" }, d: { status: "TERMINATED" } },
    ]);
  });

  it("shows of a day the money and documents that there were by its end", async () => {
    const money = (day: string) => `customer(id: "${ann}", asOf: { day: "${day}" }) {
      balanceDue invoices { totalCount } payments { totalCount } unbilled { period { from } }
      statement { closing movements { kind } } }`;
    const told = await answerOf(`a: ${money("2020-07-31")} b: ${money("2020-08-14")} c: ${money("2020-08-15")}`);
    const { statement: _, ...paid } = (told[0] as { c: { statement: unknown; balanceDue: string } }).c;
    expect(told).toMatchObject([
      {
        a: {
          balanceDue: "0.00",
          invoices: { totalCount: 0 },
          payments: { totalCount: 0 },
          unbilled: { period: { from: "2020-07-01" } },
        },
        b: { invoices: { totalCount: 1 }, payments: { totalCount: 0 }, unbilled: { period: { from: "2020-08-01" } } },
        c: { statement: { closing: paid.balanceDue, movements: [{ kind: "INVOICE" }, { kind: "PAYMENT" }] } },
      },
    ]);
    const { b, c } = told[0] as Record<"b" | "c", { balanceDue: string }>;
    expect(Number(b.balanceDue) - Number(c.balanceDue)).toBe(10);
  });

  it("is null before it was created, and for an invoice that was known later", async () => {
    const { id: invoiceId, number } = await firstInvoiceOf(ann);
    const asks = (asOf: string) => `
      a: customer(id: "${ann}", asOf: { ${asOf} }) { id } b: account(id: "${annsAccount}", asOf: { ${asOf} }) { id }
      c: commitment(id: "${kept}", asOf: { ${asOf} }) { id } d: invoice(id: "${invoiceId}", asOf: { ${asOf} }) { number }`;
    const nobody = { a: null, b: null, c: null, d: null };
    expect(await answerOf(asks('knownAt: "2020-06-30T12:00:00Z"'))).toEqual([nobody]);
    expect(await answerOf(asks('day: "2020-06-30"'))).toEqual([nobody]);
    const there = { a: { id: ann }, b: { id: annsAccount }, c: { id: kept } };
    expect(await answerOf(asks('knownAt: "2020-07-31T12:00:00Z"'))).toEqual([{ ...there, d: null }]);
    expect(await answerOf(asks('day: "2020-08-01"'))).toEqual([{ ...there, d: { number } }]);
    const byNumber = (day: string) => `invoice(number: "${number}", asOf: { day: "${day}" }) { id state }`;
    expect(
      await answerOf(`a: ${byNumber("2020-07-31")} b: ${byNumber("2020-08-01")} c: ${byNumber("2020-10-02")}`),
    ).toEqual([{ a: null, b: { id: invoiceId, state: "UNPAID" }, c: { id: invoiceId, state: "VOID" } }]);
    const missing = randomUUID();
    expect(await answerOf(`customer(id: "${missing}", asOf: { day: "2020-08-01" }) { id }`)).toEqual([
      { customer: null },
    ]);
  });

  it("shows a credit note from its date on", async () => {
    const other = await bench.provider("2020-07-01T12:00:00Z");
    const { id: customerId } = await other.run("createCustomer", { contact: { name: "Cleo" }, currency: "USD" });
    await bench.advance(other, "2020-07-05T12:00:00Z");
    await other.run("issueGoodwillCredit", { customerId, amount: "5.00", reason: "Sorry" });
    await doDaysWork(bench, other, "2020-07-05T12:00:00.000Z");
    const { creditNotes } = (await other.query("{ creditNotes { edges { node { id } } } }")) as {
      creditNotes: { edges: { node: { id: string } }[] };
    };
    const id = creditNotes.edges[0]?.node.id ?? "";
    const note = (asOf: string, of = id) => `creditNote(id: "${of}", asOf: { ${asOf} }) { total issuedOn }`;
    const issued = { total: "-5.00", issuedOn: "2020-07-05" };
    expect(
      await answerOf(
        `a: ${note('day: "2020-07-04"')} b: ${note('day: "2020-07-05"')} c: ${note('knownAt: "2020-07-05T11:59:00Z"')}
        d: ${note('day: "2020-07-05"', customerId)}`,
        other,
      ),
    ).toEqual([{ a: null, b: issued, c: null, d: null }]);
  });

  it("finds an account by an identifier that it has no more", async () => {
    const account = (more: string) => `account(identifier: " ANN-alias"${more}) { id aliases }`;
    expect(
      await answerOf(`now: ${account("")} then: ${account(', asOf: { knownAt: "2020-09-01T00:00:00Z" }')}
      before: ${account(', asOf: { knownAt: "2020-08-14T00:00:00Z" }')}`),
    ).toEqual([{ now: null, then: { id: annsAccount, aliases: ["ann-alias"] }, before: null }]);
  });

  it("shows of deliveries those of events that there were", async () => {
    const row = (at: string) => [randomUUID(), client.providerId, ann, randomUUID(), at];
    for (const at of ["2020-08-01T00:00:00.000Z", "2020-09-01T00:00:00.000Z"]) {
      await bench.dataSource.query(
        `INSERT INTO deliveries (id, provider_id, customer_id, target, kind, on_date, stub, event_id, stream, revision,
           recorded_at, commit, prepare, place, status, not_before)
         VALUES ($1, $2, $3, 'ODOO', 'INVOICE_ISSUED', '2020-08-01', true, $4, 's', 0, $5, 1, 1, 0, 'DELIVERED', now())`,
        row(at),
      );
    }
    const count = (asOf: string) => `customer(id: "${ann}"${asOf}) { deliveries { totalCount } }`;
    expect(
      await answerOf(`a: ${count("")} b: ${count(', asOf: { day: "2020-08-31" }')}
      c: ${count(', asOf: { knownAt: "2020-09-01T00:00:00Z" }')}`),
    ).toEqual([
      {
        a: { deliveries: { totalCount: 2 } },
        b: { deliveries: { totalCount: 1 } },
        c: { deliveries: { totalCount: 2 } },
      },
    ]);
  });

  it("is asked for beside what is so now, at most four moments in one request", async () => {
    const then = (key: string) =>
      `${key}: customer(id: "${ann}", asOf: { knownAt: "2020-07-01T12:00:00Z" }) { ...name }`;
    const names = "fragment name on Customer { contact { name } }";
    const ask = (keys: readonly string[]) =>
      client.ask(`query { now: customer(id: "${ann}") { ...name } ...thens } ${names}
        fragment thens on Query { ${keys.map(then).join(" ")} }`);
    const john = { contact: { name: "John Doe" } };
    expect((await ask(["a", "b", "c", "d"])).data).toEqual({
      now: { contact: { name: "Ann Annson" } },
      ...{ a: john, b: john, c: john, d: john },
    });
    const { data, errors } = await ask(["a", "b", "c", "d", "e"]);
    expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([null, ["QUERY_TOO_LARGE"]]);
  });

  it("is refused without a moment, for one to come, and for what is no id", async () => {
    const customer = (id: string, asOf: string) => `customer(id: "${id}", asOf: { ${asOf} }) { id }`;
    const none = { customer: null };
    expect(await answerOf(customer(ann, ""))).toEqual([none, ["customer", "VALIDATION_FAILED", "asOf"]]);
    expect(await answerOf(customer(ann, 'knownAt: "2020-10-02T12:00:00.001Z"'))).toEqual([
      none,
      ["customer", "INVALID_DATE", "asOf"],
    ]);
    expect(await answerOf(customer("42", 'day: "2020-08-01"'))).toEqual([
      none,
      ["customer", "VALIDATION_FAILED", "id"],
    ]);
  });

  it("is shown to a customer as it saw it then, and nothing of others", async () => {
    const person = (customerId: string): Client =>
      bench.client.by({
        ...{ actor: `person:${randomUUID()}`, roles: ["self-care"], providerId: client.providerId ?? "", customerId },
      });
    const asks = (day: string) => `
      a: customer(id: "${ann}", asOf: { day: "${day}" }) { contact { name } commitments { totalCount } }
      b: customer(id: "${bob}", asOf: { day: "${day}" }) { contact { name } commitments { totalCount } }
      c: commitment(id: "${given}", asOf: { day: "${day}" }) { customer { id } }`;
    const own = (name: string, totalCount: number) => ({ contact: { name }, commitments: { totalCount } });
    const held = (id: string) => ({ customer: { id } });
    expect([
      await answerOf(asks("2020-07-14"), person(ann)),
      await answerOf(asks("2020-07-16"), person(ann)),
      await answerOf(asks("2020-07-14"), person(bob)),
      await answerOf(asks("2020-07-16"), person(bob)),
    ]).toEqual([
      [{ a: own("John Doe", 2), b: null, c: held(ann) }],
      [{ a: own("John Doe", 1), b: null, c: null }],
      [{ a: null, b: own("Bob", 0), c: null }],
      [{ a: null, b: own("Bob", 1), c: held(bob) }],
    ]);
    const partner = bench.client.by({
      ...{ actor: "partner", roles: ["partner"], providerId: client.providerId ?? "", customerId: null },
    });
    const account = `account(id: "${annsAccount}", asOf: { day: "2020-08-01" }) { id }`;
    expect((await answerOf(account, partner)).flat()).toContain("FORBIDDEN");
  });

  it("is told all the same after the connections of its tables were lost", async () => {
    const lost = await bench.dataSource.query<unknown[]>(
      `SELECT pg_terminate_backend(s.pid) FROM pg_stat_activity s
        WHERE s.datname = current_database() AND s.pid <> pg_backend_pid() AND s.query ILIKE '%TRUNCATE catalog_items%'`,
    );
    expect(lost.length).toBeGreaterThan(0);
    const [last] = answered.slice(-1);
    expect(await client.ask(`{ customer(id: "${bob}", asOf: { day: "2020-10-02" }) { ${CUSTOMER} } }`)).toEqual(
      last?.answer,
    );
  });

  it("is read from the event store where the journal holds hashes only", async () => {
    await bench.dataSource.query(
      "UPDATE journal SET data = NULL WHERE provider_id = $1 AND stream LIKE '%.register-%'",
      [client.providerId],
    );
    const last = answered.slice(-2);
    expect(await again(last)).toEqual(last);
  });

  it("is not told from a journal that is behind", async () => {
    await bench.pauseProjections();
    await bench.dataSource.query("UPDATE projection_checkpoints SET commit = 0, prepare = 0 WHERE name = 'journal'");
    const asked = `customer(id: "${ann}", asOf: { day: "2020-08-01" }) { id }`;
    expect(await answerOf(asked)).toEqual([{ customer: null }, ["customer", "UNAVAILABLE", undefined]]);
  });
});
