import { randomUUID } from "node:crypto";
import { tellStory } from "#application/spec-support/story.js";
import { isOf } from "#event-store/catalogue.js";
import { callsProjection } from "#read-models/calls/projection.js";
import { keepCallProgress } from "#read-models/voice/call-progress.js";
import { invoicesProjection } from "#read-models/invoices/projection.js";
import { journalOf } from "#read-models/journal/projection.js";
import { id, Journal } from "#read-models/spec-support/journal.js";
import { creditNoteSealed, line, numbers, page, sealed } from "#read-models/spec-support/story.js";
import { type Bench } from "./bench.js";
import { type Client } from "./client.js";

/** Parts of texts in the story, for filters. */
export const MUCH_TEXT = ["a", "e", "1", "USD", "EUR", "Internet", "INV-000003", "nothing of all this"];

const several = <Value>(make: (index: number) => Promise<Value>, count = 5): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** Several of everything that lists show, many of them alike in what lists are sorted by. Answers ids of all kinds. */
export const tellLongStory = async (bench: Bench, client: Client): Promise<string[]> => {
  const { planId, addOnProductId, mainProductId, offerId, customerId, accountId } = await tellStory(client);
  const named = (index: number) => ({ name: ["Bea", "abe", "Bea", "Éva", "Cid"][index] ?? "Cid" });
  await several((index) => bench.provider(index > 2 ? "2020-01-01T00:00:00Z" : undefined));
  await several((index) =>
    client.run("definePlan", {
      ...named(index),
      currency: index > 2 ? "EUR" : "USD",
      recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
    }),
  );
  await several((index) => client.run("defineAddOnProduct", { ...named(index), service: "Internet" }));
  await several((index) =>
    client.run("defineVolumeDiscountPlan", { ...named(index), service: "Internet", quota: "5", unit: "GB" }),
  );
  await several((index) =>
    client.run("defineServicePolicy", {
      ...named(index),
      redirectAction: index > 2 ? "REJECT" : "NEW_CALL_AUTHORIZATION",
    }),
  );
  await several((index) => client.run("registerEdge", { ...named(index), addresses: ["10.0.0.1"] }));
  await several((index) => client.run("defineTariff", { ...named(index), currency: index > 2 ? "EUR" : "USD" }));
  await several((index) => client.run("defineMainProduct", { ...named(index), addOnProductIds: [addOnProductId] }));
  const classes = await several((index) =>
    client.run("defineCustomerClass", { ...named(index), graceDays: 14, rounding: "HALF_UP" }),
  );
  await several((index) =>
    client.run("defineMailTemplate", {
      ...{ kind: index > 2 ? "REMINDER" : "SUSPENDED", language: index % 2 === 0 ? "EN" : "IT" },
      ...{ customerClassId: index > 1 ? classes[index]?.id : null, subject: "a", text: "b", html: "c" },
    }),
  );
  await several((index) =>
    client.run("defineOffer", { ...named(index), currency: "USD", recurringFees: [{ planId, discount: "0" }] }),
  );
  await several((index) =>
    client.run("createCustomer", {
      contact: { ...named(index), ...(index < 2 && { email: "a@example.org", phone: "0211" }) },
      currency: index > 2 ? "EUR" : "USD",
    }),
  );
  await several((index) =>
    client.run("invitePerson", { customerId, ...named(index), email: `${index > 2 ? "b" : index}@example.org` }),
  );
  await several((index) =>
    client.run("grantKey", {
      ...{ label: named(index).name, roles: [index > 2 ? "ADMIN" : "CSR"], reason: "r" },
      expiresAt: index > 1 ? "2199-01-01T00:00:00Z" : null,
    }),
  );
  await several((index) => client.run("openAccount", { customerId, mainProductId, identifier: `42-${index}` }));
  for (const alias of ["aa", "ab", "ba"]) await client.run("addAlias", { accountId, alias });
  const commitments = await several((index) =>
    client.run("assignOffer", { accountId, offerId, ...(index > 1 && { effectiveOn: "2020-08-01" }) }),
  );
  await client.run("terminateCommitment", { commitmentId: commitments[0]?.id });
  for (const date of ["2021-01-31", "2021-02-28", "2021-03-31"]) {
    const discountEnd = { kind: "MANUAL", date };
    await client.run("setDiscountEnd", { commitmentId: commitments[1]?.id, discountEnd, reason: "r" });
  }
  const payments = await tellMoney(client, customerId);
  await bill(bench, client.providerId ?? "", customerId, commitments[0]?.id ?? "");
  await recordCalls(bench, client.providerId ?? "", customerId, accountId);
  const some = [planId, addOnProductId, mainProductId, offerId, customerId, accountId, randomUUID(), ...payments];
  return [...some, ...commitments.map((commitment) => commitment.id)];
};

/** Payments and refunds of a customer, one payment reversed. @returns the ids of the payments */
const tellMoney = async (client: Client, customerId: string): Promise<string[]> => {
  const payments: string[] = [];
  for (const [index, amount] of ["10.00", "5.00", "10.00", "7.50", "10.00"].entries()) {
    const valueOn = index > 2 ? "2020-07-01" : "2020-07-10";
    const input = { customerId, amount, valueOn, method: index > 1 ? "CARD" : "CASH", reference: ["a", "1"][index] };
    const { paymentId } = (await client.run("recordPayment", input, "paymentId")) as unknown as { paymentId: string };
    payments.push(paymentId);
  }
  for (const amount of ["1.00", "2.00", "1.00", "3.00"]) {
    await client.run("recordRefund", { customerId, amount, reason: "Asked for" });
  }
  await client.run("reversePayment", { paymentId: payments[1] ?? "", reason: "Bounced" });
  return payments;
};

/** Invoices of a customer, one with many lines and all credit notes, of which one has many lines; and closed periods. No worker runs here. */
const bill = async (
  { dataSource }: Bench,
  provider: string,
  customerId: string,
  commitmentId: string,
): Promise<void> => {
  const journal = new Journal();
  const record = (events: Parameters<Journal["record"]>[2], category = "receivables", of = customerId) =>
    journal.record(category, of, events, { provider });
  const invoices = Array.from({ length: 6 }, (_, index) => `${provider} ${index}`);
  for (const [index, invoice] of invoices.entries()) {
    const lines = Array.from({ length: index === 0 ? 9 : 1 }, (_, place) =>
      place % 3 === 2 ? line(`commitment ${place}`) : line("", { commitmentId }),
    );
    const [recorded] = record([page(invoice, 1, lines)]);
    const pages = [{ page: 1, eventId: recorded?.id ?? "", contentHash: `${invoice} 1` }];
    const issuedOn = index > 3 ? "2020-07-01" : "2020-08-01";
    record([sealed(invoice, "", pages, { customerId, lineCount: lines.length, issuedOn })]);
  }
  const creditNotes = Array.from({ length: 5 }, (_, index) => `${provider} credit note ${index}`);
  for (const [index, creditNote] of creditNotes.entries()) {
    const lines = Array.from({ length: index === 0 ? 9 : 1 }, () => line("", { commitmentId, kind: "ADJUSTMENT" }));
    const pages = [lines.slice(0, 5), lines.slice(5)].flatMap((some, place) => {
      if (some.length === 0) return [];
      const [recorded] = record([page(creditNote, place + 1, some)]);
      return [{ page: place + 1, eventId: recorded?.id ?? "", contentHash: `${creditNote} ${place + 1}` }];
    });
    const issuedOn = index > 2 ? "2020-07-01" : "2020-08-01";
    const corrected = { customerId, invoiceId: id(invoices[0] ?? ""), lineCount: lines.length, issuedOn };
    record([creditNoteSealed(creditNote, "", pages, corrected)]);
  }
  record([numbers(1, ...invoices.map((invoice): [string, string] => [invoice, customerId]))], "register", "invoices");
  const numbered = numbers(1, ...creditNotes.map((creditNote): [string, string] => [creditNote, customerId]));
  record([{ ...numbered, data: { ...numbered.data, series: "credit-notes" } }], "register", "credit-notes");
  const events = journal.events.filter((event) => isOf(event, "receivables") || isOf(event, "register"));
  await dataSource.transaction((manager) => invoicesProjection.apply(manager, events));
  await dataSource.transaction((manager) => journalOf({ hashOnly: [] }).apply(manager, journal.events));
  for (const [month, invoice] of invoices.entries()) {
    const customers = [customerId, id(`${provider} other`)];
    for (const customer of customers) {
      await dataSource.query("INSERT INTO billing_closed_periods VALUES ($1, $2, $3, $4, $5, '{}', $6)", [
        ...[provider, customer, `2020-0${month + 1}-01`, `2020-0${month + 1}-28`],
        ...[customer === customerId ? id(invoice) : null, "2020-07-01T00:00:00.000Z"],
      ]);
    }
  }
};

/** Calls, some answered at the same instant, others that go on and that failed. No edge runs here. */
const recordCalls = async (
  { dataSource }: Bench,
  provider: string,
  customerId: string,
  accountId: string,
): Promise<void> => {
  const journal = new Journal();
  const hour = "2020-07-10T12:00:00.000Z";
  const calls = Array.from({ length: 5 }, (_, index) => ({
    ...({
      state: "UNRATED",
      reason: index > 2 ? "NO_RATE" : "FORBIDDEN",
      key: id(`${provider} call ${index}`),
    } as const),
    ...({ leg: index > 1 ? "IN" : "OUT", accountId, customerId, day: "2020-07-10", authorised: "LIVE" } as const),
    ...{ answered: `2020-07-10T12:0${index > 3 ? 2 : 1}:00.000Z`, ended: "2020-07-10T12:30:00.000Z" },
  }));
  const numbers = calls.map((_, index) => ({ cli: index > 2 ? null : "1", cld: "2" }));
  journal.record(
    "calls",
    id(`${provider} calls`),
    [{ type: "CallsRecorded", data: { edge: "e", hour, calls, effectiveOn: "2020-07-10", personal: { numbers } } }],
    { provider },
  );
  const events = journal.events.filter((event) => isOf(event, "calls"));
  await dataSource.transaction((manager) => callsProjection.apply(manager, events));
  const at = (index: number): string => `2020-07-10T12:0${index > 3 ? 2 : 1}:00.000Z`;
  const known = { edgeId: id(`${provider} edge`), accountId, cli: null, callerHidden: true, cld: "2" };
  await keepCallProgress(dataSource, provider, {
    started: calls.map((_, index) => ({
      ...{ ...known, id: id(`${provider} open ${index}`), customerId, answered: at(index), authorised: "LIVE" },
      ...{ redirectedTo: null, maxSeconds: 60, overdueAt: index > 2 ? "2120-01-01T00:00:00.000Z" : at(index) },
    })),
    ended: [],
    failed: calls.map((_, index) => ({
      ...{ ...known, id: id(`${provider} failed ${index}`), came: at(index), failed: at(index), toldAt: at(index) },
      redirectedTo: null,
      ...({ sipCode: index > 2 ? 486 : 404, reason: index > 1 ? "CALLED_SIDE" : "FORBIDDEN" } as const),
    })),
  });
};
