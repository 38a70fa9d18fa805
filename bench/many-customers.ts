import { randomUUID } from "node:crypto";
import { signedUp } from "../apps/worker/spec-support/worker.js";
import { inFlight } from "../libs/application/processes/in-flight.js";
import { type DomainEvent } from "../libs/domain/event.js";
import { chainEvents } from "../libs/event-store/chain-events.js";
import { NO_HASH } from "../libs/event-store/content-hash.js";
import { StoreUnavailable } from "../libs/event-store/errors.js";
import { type EventStore } from "../libs/event-store/event-store.js";
import { streamName } from "../libs/event-store/streams.js";

const IN_FLIGHT = 32;
const TRIES = 20;
const FIRST = ["Ann", "Bob", "Carla", "Dora", "Emil", "Fritz", "Gina", "Hugo", "Ines", "Jan", "Kurt"];
const LAST = ["Abel", "Berg", "Conti", "Doe", "Evans", "Fox", "Greco", "Hill", "Ito", "Jung", "Klein", "Levi", "Moro"];

/** The first events of a stream, by a benchmark. @param day on which they are recorded */
export const beginStream = async (
  store: EventStore,
  provider: string,
  stream: readonly [category: string, id: string],
  day: string,
  events: readonly DomainEvent[],
): Promise<void> => {
  const [category, id] = stream;
  const name = streamName(provider, category, id);
  const by = { provider, actor: "bench", commandId: id, correlationId: id, causationId: id };
  const recordedAt = `${day}T12:00:00.000Z`;
  const sealed = chainEvents({ stream: name, previousHash: NO_HASH, ...by, recordedAt, events });
  // A busy machine may not answer in time. What was appended all the same is recognised.
  for (let left = TRIES; ; left -= 1) {
    try {
      await store.append(name, "no_stream", sealed);
      return;
    } catch (error) {
      if (left === 0 || !(error instanceof StoreUnavailable)) throw error;
    }
  }
};

/**
 * Customers with an account and a commitment each, by events appended to the store, with names, e-mail addresses, phones
 * and account ids like those of many people, and days on which discounts end spread over seven years.
 */
export const signUpPeople = async (store: EventStore, provider: string, count: number, day: string): Promise<void> => {
  const places = Array.from({ length: count }, (_, index) => index);
  await inFlight(places, IN_FLIGHT, async (index) => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const { customer, account, commitment } = signedUp(ids, day, { discountEnd: `202${2 + (index % 7)}-01-01` });
    const name = `${FIRST[index % FIRST.length] ?? ""} ${LAST[index % LAST.length] ?? ""} ${index}`;
    const phone = `+1 ${String((index * 7919) % 10_000_000).padStart(7, "0")}`;
    const identifier = String((index * 104_729) % 10_000_000_000).padStart(10, "0");
    const personal = { name, companyDomain: null, email: `${name.replaceAll(" ", ".")}@example.org`, phone };
    const begin = (stream: readonly [string, string], event: DomainEvent): Promise<void> =>
      beginStream(store, provider, stream, day, [event]);
    await begin(["customer", ids.customerId], { ...customer, data: { ...customer.data, personal } });
    await begin(["account", ids.accountId], { ...account, data: { ...account.data, personal: { identifier } } });
    await begin(["commitment", ids.commitmentId], commitment);
  });
};
