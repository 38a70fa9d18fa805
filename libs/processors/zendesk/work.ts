import { decideAndAppend } from "#application/command/decide-and-append.js";
import { workerCommand } from "#application/processes/context.js";
import { type Instant } from "#domain/calendar.js";
import { type Customer, customerEvolver } from "#domain/customers/customer.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { loadAggregate } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { type DeliveryTo, type Sending } from "../deliveries/target.js";
import { type ZendeskClient, type ZendeskRequest } from "./client.js";

/** One delivery to Zendesk, with what it is sent by. */
export interface Work {
  readonly client: ZendeskClient;
  readonly delivery: DeliveryTo<"ZENDESK">;
  readonly sending: Sending;
  readonly signal: AbortSignal;
  /** Of the addresses that links to customers lead to. */
  readonly origin: string;
}

/** The customer as its stream has it now, whatever read models show. @throws where there is none */
export const customerOf = async ({ delivery, sending }: Work): Promise<Customer> => {
  const stream = streamName(delivery.provider, "customer", delivery.customerId);
  const { state } = await loadAggregate(sending.store, stream, customerEvolver);
  if (state) return state;
  throw new Error("its customer is not there.");
};

/**
 * Records what was learnt of the customer, once: a repetition of the delivery finds it in the stream.
 * @param about keeps apart what one delivery records of one kind
 * @returns the customer afterwards
 */
export const record = async (
  { delivery, sending }: Work,
  name: string,
  decide: (customer: Customer, now: Instant) => readonly CustomerEvent[],
  about = "",
  customerId = delivery.customerId,
): Promise<Customer> => {
  const now = await sending.now();
  const { state } = await decideAndAppend(sending.store, {
    stream: streamName(delivery.provider, "customer", customerId),
    evolver: customerEvolver,
    envelope: workerCommand(delivery.provider, name, [name, delivery.id, customerId, about].join(":"), now),
    decide: (customer) => (customer ? decide(customer, now) : []),
  });
  if (state) return state;
  throw new Error("its customer is not there.");
};

/** @throws ZendeskFailure */
export const ask = async <Body>({ client, signal }: Work, request: Omit<ZendeskRequest, "signal">): Promise<Body> =>
  (await client.request<Body>({ ...request, signal })).body;
