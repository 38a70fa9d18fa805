import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Holder } from "#domain/commitments/commitment.js";
import { holderOn } from "#domain/commitments/holders.js";
import { type Customer, customerEvolver } from "#domain/customers/customer.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { toJsonb } from "#read-models/runner/fit.js";
import { toldAfter } from "./suspensions-told.js";
import { type Delivery, type DeliveryKind } from "./target.js";

/** What decides which deliveries an event makes, as it is before the event. */
export interface Facts {
  customer(customerId: string): Customer | undefined;
  /** Whether what was told last of the customer's service is that it is blocked (suspensions-told.ts). */
  suspensionTold(customerId: string): boolean;
  /** The customer that holds the commitment on a day; undefined: nobody ever did. */
  holderOn(commitmentId: string, day: LocalDate): string | undefined;
  /** Whether the customer was to become an organization of Zendesk: it was created while Zendesk was on. */
  wasProvisioned(customerId: string): boolean;
}

interface KnownCustomer {
  readonly customer: Customer;
  readonly suspensionTold: boolean;
}

type Holders = readonly [Holder, ...Holder[]];

const keyOf = (provider: string, id: string): string => `${provider}/${id}`;

/** The processor's own facts: folded event by event, so that each is judged by what was known when it was recorded. */
export class FoldedFacts {
  readonly #customers: Map<string, KnownCustomer>;
  readonly #holders: Map<string, Holders>;
  readonly #changedCustomers = new Set<string>();
  readonly #changedHolders = new Set<string>();

  private constructor(
    customers: Map<string, KnownCustomer>,
    holders: Map<string, Holders>,
    private readonly provisioned: Set<string>,
  ) {
    this.#customers = customers;
    this.#holders = holders;
  }

  /** The facts that events may need, as they are before the first of them. */
  static async of(manager: EntityManager, events: readonly RecordedEvent[]): Promise<FoldedFacts> {
    const commitments = events.flatMap((event) => {
      const { provider, id } = parseStreamName(event.stream);
      const ofCommitment = isOf(event, "commitment") || (isOf(event, "lifecycle") && "commitmentId" in event.data);
      return ofCommitment ? [{ provider, id }] : [];
    });
    const holders = await read<Holders>(
      manager,
      "SELECT commitment_id AS id, provider_id, holders AS value FROM delivery_holders",
      "commitment_id",
      commitments,
    );
    const customers = [
      ...events.flatMap((event) => customersOf(event)),
      ...[...holders].flatMap(([key, held]) => {
        const [provider = ""] = key.split("/");
        return held.map(({ customerId }) => ({ provider, id: customerId }));
      }),
    ];
    return new FoldedFacts(
      await read<KnownCustomer>(
        manager,
        "SELECT customer_id AS id, provider_id, state AS value FROM delivery_customers",
        "customer_id",
        customers,
      ),
      holders,
      await readProvisioned(manager, events),
    );
  }

  /** Takes note of what an event made: later ones of the same batch may depend on it. */
  made(provider: string, { kind, customerId }: Pick<Delivery, "kind" | "customerId">): void {
    if (kind === PROVISIONING) this.provisioned.add(keyOf(provider, customerId));
  }

  before(event: RecordedEvent): Facts {
    const { provider } = parseStreamName(event.stream);
    return {
      customer: (customerId) => this.#customers.get(keyOf(provider, customerId))?.customer,
      suspensionTold: (customerId) => this.#customers.get(keyOf(provider, customerId))?.suspensionTold ?? false,
      holderOn: (commitmentId, day) => {
        const holders = this.#holders.get(keyOf(provider, commitmentId));
        return holders && holderOn({ holders }, day).customerId;
      },
      wasProvisioned: (customerId) => this.provisioned.has(keyOf(provider, customerId)),
    };
  }

  fold(event: RecordedEvent): void {
    const { provider, id } = parseStreamName(event.stream);
    const key = keyOf(provider, id);
    if (isOf(event, "customer") || (isOf(event, "lifecycle") && "customerId" in event.data)) {
      const known = this.#customers.get(key);
      const customer = isOf(event, "customer")
        ? customerEvolver.evolve(known?.customer ?? null, event, event.id)
        : known?.customer;
      if (!customer) return;
      const suspensionTold = toldAfter(event, customer, known?.suspensionTold ?? false);
      this.#customers.set(key, { customer, suspensionTold });
      this.#changedCustomers.add(key);
    } else if (event.type === "CommitmentAssigned" || event.type === "CommitmentTransferred") {
      const { accountId, customerId, effectiveOn: from } = event.data;
      const holder: Holder = { from, accountId, customerId, eventId: event.id, transfer: null };
      this.#holders.set(key, [...(this.#holders.get(key) ?? []), holder] as unknown as Holders);
      this.#changedHolders.add(key);
    }
  }

  async write(manager: EntityManager): Promise<void> {
    await write(manager, "delivery_customers", "customer_id", "state", this.#changedCustomers, this.#customers);
    await write(manager, "delivery_holders", "commitment_id", "holders", this.#changedHolders, this.#holders);
  }
}

/** The customers that an event is about, apart from those that hold a commitment. */
const customersOf = (event: RecordedEvent): { provider: string; id: string }[] => {
  const { provider, category, id } = parseStreamName(event.stream);
  if (event.type === "NumbersAssigned") {
    return event.data.invoices.map(({ customerId }) => ({ provider, id: customerId }));
  }
  if (event.type === "CommitmentAssigned" || event.type === "CommitmentTransferred") {
    return [{ provider, id: event.data.customerId }];
  }
  const isCustomers = category === "customer" || category === "receivables";
  return isCustomers || (isOf(event, "lifecycle") && "customerId" in event.data) ? [{ provider, id }] : [];
};

/** What makes a new customer an organization of Zendesk. */
const PROVISIONING: DeliveryKind<"ZENDESK"> = "ORGANIZATION_UPSERTED";

/** Of the customers whose contact changes, those that were to become organizations: deliveries are never forgotten. */
const readProvisioned = async (manager: EntityManager, events: readonly RecordedEvent[]): Promise<Set<string>> => {
  const changed = events
    .filter(({ type }) => type === "CustomerContactChanged")
    .map(({ stream }) => parseStreamName(stream));
  if (changed.length === 0) return new Set();
  const rows = await manager.query<{ provider_id: string; customer_id: string }[]>(
    `SELECT DISTINCT provider_id, customer_id FROM deliveries WHERE target = 'ZENDESK' AND kind = $3
        AND (provider_id, customer_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
    [changed.map(({ provider }) => provider), changed.map(({ id }) => id), PROVISIONING],
  );
  return new Set(rows.map(({ provider_id, customer_id }) => keyOf(provider_id, customer_id)));
};

const read = async <Value>(
  manager: EntityManager,
  select: string,
  idColumn: string,
  keys: readonly { readonly provider: string; readonly id: string }[],
): Promise<Map<string, Value>> => {
  const wanted = [...new Map(keys.map((key) => [keyOf(key.provider, key.id), key])).values()];
  if (wanted.length === 0) return new Map();
  const rows = await manager.query<{ provider_id: string; id: string; value: Value }[]>(
    `${select} WHERE (provider_id, ${idColumn}) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
    [wanted.map(({ provider }) => provider), wanted.map(({ id }) => id)],
  );
  return new Map(rows.map(({ provider_id, id, value }) => [keyOf(provider_id, id), value]));
};

const write = async (
  manager: EntityManager,
  table: string,
  idColumn: string,
  column: string,
  changed: ReadonlySet<string>,
  values: ReadonlyMap<string, unknown>,
): Promise<void> => {
  if (changed.size === 0) return;
  const rows = [...changed].map((key) => {
    const [provider_id, id] = key.split("/");
    return { provider_id, [idColumn]: id, [column]: values.get(key) };
  });
  await manager.query(
    `INSERT INTO ${table} (provider_id, ${idColumn}, ${column})
     SELECT provider_id, ${idColumn}, ${column} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ON CONFLICT (provider_id, ${idColumn}) DO UPDATE SET ${column} = EXCLUDED.${column}`,
    [toJsonb(rows)],
  );
};
