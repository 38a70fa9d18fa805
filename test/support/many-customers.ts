import { randomUUID } from "node:crypto";
import { signedUp } from "../../apps/worker/spec-support/worker.js";
import { inFlight } from "../../libs/application/processes/in-flight.js";
import { type DomainEvent } from "../../libs/domain/event.js";
import { type InvoiceSealed, type NumbersAssigned } from "../../libs/domain/invoicing/events.js";
import { chainEvents } from "../../libs/event-store/chain-events.js";
import { NO_HASH, verifyChain } from "../../libs/event-store/content-hash.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { streamName } from "../../libs/event-store/streams.js";

const IN_FLIGHT = 32;

export interface SignedUp {
  readonly customerId: string;
  readonly accountId: string;
  readonly commitmentId: string;
}

/** Creates customers with one account and one commitment each, by events appended to the store. */
export const signUpMany = async (
  store: EventStore,
  provider: string,
  count: number,
  day: string,
  { customerClassId = null }: { readonly customerClassId?: string | null } = {},
): Promise<SignedUp[]> => {
  const recordedAt = `${day}T12:00:00.000Z`;
  const record = async (category: string, id: string, events: readonly DomainEvent[]) => {
    const stream = streamName(provider, category, id);
    const common = { provider, actor: "spec", commandId: id, correlationId: id, causationId: id, recordedAt };
    await store.append(stream, "no_stream", chainEvents({ ...common, stream, previousHash: NO_HASH, events }));
  };
  const all = Array.from({ length: count }, () => ({
    customerId: randomUUID(),
    accountId: randomUUID(),
    commitmentId: randomUUID(),
  }));
  await inFlight(all, IN_FLIGHT, async (ids) => {
    const { customer, account, commitment } = signedUp(ids, day);
    const classed = { ...customer, data: { ...customer.data, customerClassId } };
    await record("customer", ids.customerId, [classed]);
    await record("account", ids.accountId, [account]);
    await record("commitment", ids.commitmentId, [commitment]);
  });
  return all;
};

/** The sealed invoices of the customers; verifies the content hash chains of their streams. */
export const sealedOf = async (
  store: EventStore,
  provider: string,
  customers: readonly string[],
): Promise<InvoiceSealed["data"][]> => {
  const found: InvoiceSealed["data"][] = [];
  await inFlight(customers, IN_FLIGHT, async (customer) => {
    const events = await store.readStream(streamName(provider, "receivables", customer));
    const broken = verifyChain(events);
    if (broken !== undefined) throw new Error(`the chain of customer ${customer} is broken: ${JSON.stringify(broken)}`);
    for (const event of events) if (event.type === "InvoiceSealed") found.push(event.data);
  });
  return found;
};

/** The numbers of the provider's invoices, in the order of the register. */
export const numbersOf = async (
  store: EventStore,
  provider: string,
): Promise<NumbersAssigned["data"]["invoices"][number][]> =>
  (await store.readStream(streamName(provider, "register", "invoices"))).flatMap((event) =>
    event.type === "NumbersAssigned" ? event.data.invoices : [],
  );
