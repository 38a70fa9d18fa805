import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";

let bench: Bench;
let client: Client;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
});
afterAll(() => bench.stop());

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** Each mistake in a line: code, the way to the value, where it is in the document, the field of the answer, the sentence. */
const told = async (query: string, variables: object = {}): Promise<string[]> => {
  const { errors } = await client.ask(query, variables);
  return errors.map(({ message, extensions, locations, path }) => {
    const way = (extensions.inputPath ?? []).join(".");
    const place = (locations ?? []).map(({ line, column }) => `${line}:${column}`).join();
    return `${extensions.code} ${way} @${place} ${path?.join(".") ?? "-"} ${message}`;
  });
};

describe("every mistake of an input is told at once", () => {
  it("of a variable: what GraphQL finds, and what we find", async () => {
    const input = {
      ...{ idempotencyKey: "", name: "a\u0000", currency: 5, other: 1, discountPeriods: 1.5, transferFee: "x" },
      oneTimeFees: [{ description: "d", service: "y", fee: "1" }, { fee: 1 }],
      recurringFees: [{ planId: "x" }, { planId: "y", discount: "z" }],
    };
    const mutation = "mutation ($input: DefineOfferInput!) { defineOffer(input: $input) { id } }";
    expect(await told(mutation, { input })).toEqual([
      "VALIDATION_FAILED input.currency @1:11 - The value of currency is not valid: String cannot represent a non string value.",
      "VALIDATION_FAILED input.discountPeriods @1:11 - The value of discountPeriods is not valid: Int cannot represent non-integer value.",
      'VALIDATION_FAILED input.transferFee @1:11 - Decimal is text such as "15.00".',
      'VALIDATION_FAILED input.oneTimeFees.1.description @1:11 - The value of oneTimeFees is not valid: Field "description" of required type "String!" was not provided.',
      'VALIDATION_FAILED input.oneTimeFees.1.service @1:11 - The value of oneTimeFees is not valid: Field "service" of required type "String!" was not provided.',
      'VALIDATION_FAILED input.oneTimeFees.1.fee @1:11 - Decimal is text such as "15.00".',
      'VALIDATION_FAILED input.recurringFees.1.discount @1:11 - Decimal is text such as "15.00".',
      'VALIDATION_FAILED input.other @1:11 - The value of input is not valid: Field "other" is not defined by type "DefineOfferInput".',
      "VALIDATION_FAILED input.idempotencyKey @1:11 - idempotencyKey has 1 to 200 characters.",
      "VALIDATION_FAILED input.name @1:11 - name holds a control character (U+0000).",
      "VALIDATION_FAILED input.recurringFees.0.planId @1:11 - planId is not a UUID.",
      "VALIDATION_FAILED input.recurringFees.1.planId @1:11 - planId is not a UUID.",
    ]);
  });

  it("of values in the document, around variables and in other fields, at their places", async () => {
    const mutation = `mutation ($key: String!, $discount: Decimal, $when: Instant!) {
  defineOffer(input: {
    idempotencyKey: $key, name: "a", nope: 1
    discountPeriods: "x"
    recurringFees: [{ planId: "x" }, { planId: "y", discount: $discount }, { discount: "q" }]
  }) { id }
  closeAccount(input: { idempotencyKey: "1", accountId: "x" }) { id }
  setTestClock(input: { idempotencyKey: "2", at: $when }) { id }
  closeCustomer { id }
}`;
    expect(await told(mutation, { key: "", discount: "z" })).toEqual([
      'VALIDATION_FAILED input.currency @2:22 - Field "DefineOfferInput.currency" of required type "String!" was not provided.',
      'VALIDATION_FAILED input.nope @3:38 - Field "nope" is not defined by type "DefineOfferInput". Did you mean "name"?',
      "VALIDATION_FAILED input.discountPeriods @4:22 - Int cannot represent non-integer value.",
      'VALIDATION_FAILED input.recurringFees.2.planId @5:76 - Field "RecurringFeeInput.planId" of required type "ID!" was not provided.',
      'VALIDATION_FAILED input.recurringFees.2.discount @5:88 - Decimal is text such as "15.00".',
      'VALIDATION_FAILED input @9:3 - Field "closeCustomer" argument "input" of type "CloseCustomerInput!" is required, but it was not provided.',
      'VALIDATION_FAILED discount @1:26 - Decimal is text such as "15.00".',
      'VALIDATION_FAILED when @1:46 - Variable "$when" of required type "Instant!" was not provided.',
      "VALIDATION_FAILED input.idempotencyKey @3:21 - idempotencyKey has 1 to 200 characters.",
      "VALIDATION_FAILED input.recurringFees.0.planId @5:31 - planId is not a UUID.",
      "VALIDATION_FAILED input.recurringFees.1.planId @5:48 - planId is not a UUID.",
      "VALIDATION_FAILED input.accountId @7:57 - accountId is not a UUID.",
    ]);
  });

  it("of each field that is executed, at the field of the answer", async () => {
    const mutation = `mutation ($input: SuspendCustomerInput!) {
  closeAccount(input: { idempotencyKey: "", accountId: "x" }) { id }
  suspendCustomer(input: $input) { id }
}`;
    expect(await told(mutation, { input: { idempotencyKey: "1", customerId: "x", reason: "\u202e" } })).toEqual([
      "VALIDATION_FAILED input.idempotencyKey @2:41 closeAccount idempotencyKey has 1 to 200 characters.",
      "VALIDATION_FAILED input.accountId @2:56 closeAccount accountId is not a UUID.",
      "VALIDATION_FAILED input.customerId @3:26 suspendCustomer customerId is not a UUID.",
      "VALIDATION_FAILED input.reason @3:26 suspendCustomer reason holds a character that changes the direction of text (U+202E).",
    ]);
  });

  it("of a command that is previewed, below its name", async () => {
    const plan = { name: "a\u0000", currency: "USD", recurringFees: [{ period: "MONTHLY" }] };
    const query = "query ($command: PreviewCommand!) { preview(command: $command) { events { type } } }";
    expect(await told(query, { command: { definePlan: plan } })).toEqual([
      'VALIDATION_FAILED command.definePlan.recurringFees.0.amount @1:8 - The value of definePlan.recurringFees is not valid: Field "amount" of required type "Decimal!" was not provided.',
    ]);
    const recurringFees = [{ period: "MONTHLY", amount: "1" }];
    expect(await told(query, { command: { definePlan: { ...plan, recurringFees } } })).toEqual([
      "VALIDATION_FAILED command.definePlan.name @1:54 preview name holds a control character (U+0000).",
    ]);
    const offer = {
      name: "x",
      currency: "USD",
      transferFee: "-1",
      recurringFees: [{ planId: NOBODY, discount: "0.001" }],
    };
    expect(await told(query, { command: { defineOffer: offer } })).toEqual([
      "INVALID_AMOUNT command.defineOffer.transferFee @1:54 preview -1 USD is negative.",
      "INVALID_AMOUNT command.defineOffer.recurringFees.0.discount @1:54 preview 0.001 is finer than USD allows: 2 decimal places.",
    ]);
  });

  it("but a document that does not fit the schema is not an input", async () => {
    expect(await told("{ nothing, customer(id: 1, name: 2) { id } }")).toEqual([
      'GRAPHQL_VALIDATION_FAILED  @1:3 - Cannot query field "nothing" on type "Query".',
      'GRAPHQL_VALIDATION_FAILED  @1:28 - Unknown argument "name" on field "Query.customer".',
    ]);
  });
});
