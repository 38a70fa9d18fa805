import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { execute } from "../execute.js";
import { preview } from "../preview.js";
import { MemoryClient } from "../spec-support/memory-client.js";
import { LOCAL } from "../spec-support/memory-session.js";
import { type Story, tellStory } from "../spec-support/story.js";
import { factsFor } from "./own.js";
import { type Principal } from "./principal.js";

/* Ann asks for herself; Bob is another customer of the provider, and nobody is no customer at all. */

let client: MemoryClient;
let ann: Story & { readonly commitmentId: string };
let bob: Story & { readonly commitmentId: string };
let asking: Principal;

beforeAll(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00.000Z");
  const told = async (identifier: string) => {
    const story = await tellStory(client, identifier);
    const { id: commitmentId } = await client.run("assignOffer", story);
    return { ...story, commitmentId };
  };
  [ann, bob] = [await told("ann"), await told("bob")];
  asking = { ...LOCAL, actor: "person:ann", roles: ["self-care"], customerId: ann.customerId };
});

/** Why a command of Ann's is refused, and which streams were read for it, by what they are to her. */
const refused = async (commitmentId: string, how: "given" | "previewed") => {
  const reading = vi.spyOn(client.session.store, "readStream");
  const appending = vi.spyOn(client.session.store, "append");
  const input = { commitmentId, from: "2020-07-20", until: "2020-07-21" };
  try {
    const doing =
      how === "given"
        ? execute(client.session, asking, { name: "requestPause", input, idempotencyKey: randomUUID() })
        : preview(client.session, asking, { name: "requestPause", input });
    const error: unknown = await doing.catch((thrown: unknown) => thrown);
    const { code, message } = error as { readonly code?: string; readonly message?: string };
    const read = reading.mock.calls.map(([stream]) => stream.replace(commitmentId, "<the id>"));
    return { code, message: message?.replace(commitmentId, "<the id>"), read, appended: appending.mock.calls.length };
  } finally {
    reading.mockRestore();
    appending.mockRestore();
  }
};

describe("A command of a customer", () => {
  it.each(["given", "previewed"] as const)("is refused on another's as on what nobody has, when %s", async (how) => {
    const missing = await refused(randomUUID(), how);
    expect(missing).toMatchObject({ code: "COMMITMENT_NOT_FOUND", appended: 0 });
    expect(missing.read).toHaveLength(1);
    expect(await refused(bob.commitmentId, how)).toEqual(missing);
  });

  it("is accepted on its own", async () => {
    const input = { commitmentId: ann.commitmentId, from: "2020-07-20", until: "2020-07-21" };
    const { id } = await execute(client.session, asking, { name: "requestPause", input, idempotencyKey: randomUUID() });
    expect(id).toBe(ann.commitmentId);
  });
});

describe("Facts for a customer", () => {
  const facts = () => factsFor(asking, client.session.facts);
  const { providerId } = LOCAL;

  it("are all of them for those who work for the provider", () => {
    expect(factsFor(LOCAL, client.session.facts)).toBe(client.session.facts);
  });

  it("have its own account and commitment, and another's as little as nobody's", async () => {
    const { offerId } = ann;
    const named = (accountId: string, syncWith: string) => facts().named(providerId, { accountId, offerId, syncWith });
    const nobodys = await named(randomUUID(), randomUUID());
    expect(nobodys).toMatchObject({ account: null, customer: null, mainProduct: null, syncTarget: null });
    expect(await named(bob.accountId, bob.commitmentId)).toEqual(nobodys);
    expect(await named(ann.accountId, ann.commitmentId)).toMatchObject({
      account: { accountId: ann.accountId },
      customer: { customerId: ann.customerId },
      syncTarget: { commitmentId: ann.commitmentId },
    });
  });

  it("have its own billing, money and payments, and another's as little as nobody's", async () => {
    const { paymentId: bobs } = (await client.run("recordPayment", {
      customerId: bob.customerId,
      amount: "1.00",
    })) as unknown as { paymentId: string };
    const { issued } = client.session.facts;
    issued.set("anns", { customerId: ann.customerId, from: "2020-07-15" });
    issued.set("bobs", { customerId: bob.customerId, from: "2020-07-15" });
    const of = async (customerId: string, paymentId: string, invoiceId: string) => ({
      billing: (await facts().billing(providerId, customerId))?.history.customer.customerId ?? null,
      money: await facts().money(providerId, customerId),
      customer: (await facts().accountFacts(providerId, customerId, null)).customer,
      payer: await facts().payer(providerId, paymentId),
      invoice: await facts().issuedInvoice(providerId, invoiceId),
    });
    const nobodys = await of(randomUUID(), randomUUID(), "nobody's");
    expect(nobodys).toEqual({
      ...{ billing: null, money: { customer: null, account: null }, customer: null, payer: null, invoice: null },
    });
    expect(await of(bob.customerId, bobs, "bobs")).toEqual(nobodys);
    expect(await of(ann.customerId, bobs, "anns")).toMatchObject({
      billing: ann.customerId,
      customer: { customerId: ann.customerId },
      invoice: { customerId: ann.customerId },
    });
  });
});
