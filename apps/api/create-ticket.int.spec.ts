import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { streamName } from "#event-store/streams.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";

let bench: Bench;
let desk: Client;
let own: string;
let other: string;

beforeAll(async () => {
  bench = await startBench();
  desk = await bench.provider("2026-03-02T12:00:00Z");
  const created = async (contact: object) => (await desk.run("createCustomer", { contact, currency: "USD" })).id;
  own = await created({ name: "ABC company", email: "office@abc.example" });
  other = await created({ name: "Bolts", email: "office@bolts.example" });
});
afterAll(() => bench.stop());

const self = (actor: string): Client =>
  bench.client.by({ actor, roles: ["self-care"], providerId: desk.providerId ?? "", customerId: own });
const message = { subject: "Please check the invoice", body: "Line 2\nis not ours." };
const recorded = async (id: string) =>
  (await bench.store.readStream(streamName(desk.providerId ?? "", "ticket", id))).map(({ type, data }) => ({
    type,
    data,
  }));
const requested = (ticketRequestId: string, personId: string | null, requester: object) => ({
  type: "TicketRequested",
  data: {
    ...{ ticketRequestId, customerId: own, personId, effectiveOn: "2026-03-02" },
    personal: { ...message, requester },
  },
});

describe("createTicket", () => {
  it("is of the person who is signed in, whatever the address of the contact, and once", async () => {
    const person = { customerId: own, name: "John Doe", email: "john@abc.example" };
    const { id: personId } = await desk.run("invitePerson", person);
    const john = self(`person:${personId}`);
    const input = { customerId: own, ...message, idempotencyKey: randomUUID() };
    const answer =
      "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id repeated customer { id } } }";
    const first = await john.ask(answer, { input });
    const again = await john.ask(answer, { input });
    const { createTicket } = first.data as { readonly createTicket: { readonly id: string } };
    const expected = { id: createTicket.id, customer: { id: own } };
    expect([first, again].map(({ data, errors }) => ({ data, errors }))).toEqual([
      { data: { createTicket: { ...expected, repeated: false } }, errors: [] },
      { data: { createTicket: { ...expected, repeated: true } }, errors: [] },
    ]);
    expect(await recorded(createTicket.id)).toEqual([
      requested(createTicket.id, personId, { name: "John Doe", email: "john@abc.example" }),
    ]);
  });

  it("is in the customer's name where the desk asks for it", async () => {
    const { id } = await desk.run("createTicket", { customerId: own, ...message });
    expect(await recorded(id)).toEqual([requested(id, null, { name: "ABC company", email: "office@abc.example" })]);
  });

  it("is refused for another customer as for one that does not exist", async () => {
    const john = self(`person:${randomUUID()}`);
    expect(await john.refused("createTicket", { customerId: other, ...message })).toBe("CUSTOMER_NOT_FOUND customerId");
    expect(await john.refused("createTicket", { customerId: randomUUID(), ...message })).toBe(
      "CUSTOMER_NOT_FOUND customerId",
    );
    expect(await desk.refused("createTicket", { customerId: own, subject: "a\nb", body: "x" })).toBe(
      "VALIDATION_FAILED subject",
    );
  });

  it("keeps what was written from partners", async () => {
    const { id } = await desk.run("createTicket", { customerId: own, ...message });
    const [event] = await bench.store.readStream(streamName(desk.providerId ?? "", "ticket", id));
    const partner = bench.client.by({
      ...{ actor: "key:partner", roles: ["partner"], providerId: desk.providerId ?? "", customerId: null },
    });
    const shown = await partner.ask("query ($id: ID!) { event(id: $id) { type data } }", { id: event?.id });
    expect(shown.data).toEqual({
      event: {
        type: "TicketRequested",
        data: { ticketRequestId: id, customerId: own, personId: null, effectiveOn: "2026-03-02" },
      },
    });
  });
});
