import { type Scenario } from "../../../apps/cli/scenario/model.js";
import { Ids } from "../../../apps/cli/scenario/play/ids.js";
import { Refused } from "../../../apps/cli/client.js";
import { type Command as Sent } from "../../../apps/cli/scenario/play/command.js";
import { type Sender, Session as Player } from "../../../apps/cli/scenario/play/session.js";
import { type NameKind } from "../../../apps/cli/scenario/schema/values.js";
import { type Command } from "#application/commands.js";
import { decideAndAppend } from "#application/command/decide-and-append.js";
import { execute } from "#application/execute.js";
import { forkOf, type MemorySession, memorySession, LOCAL } from "#application/spec-support/memory-session.js";
import { type Line } from "#domain/billing/line.js";
import { type Instant, type Interval } from "#domain/calendar.js";
import { type CustomerHistory } from "#domain/commitments/history.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type DocumentSealed, type InvoiceVoided } from "#domain/invoicing/events.js";
import { type Amount, ZERO } from "#domain/money.js";
import { type Books, emptyBooks } from "#domain/receivables/books.js";
import { Rejection } from "#domain/rejection.js";
import { aggregateId } from "#event-store/ids.js";
import { streamName } from "#event-store/streams.js";
import { type FoldedCategory } from "#read-models/runner/evolvers.js";
import { type MailKind } from "#domain/messages/events.js";
import { type DeliveryKind } from "#processors/deliveries/target.js";
import { type Wanted } from "#processors/deliveries/wanted.js";
import { type CustomerClass } from "#domain/catalog/customer-class.js";
import { type Customer } from "#domain/customers/customer.js";
import { type Tally } from "./books.js";
import { Collections } from "./collection.js";
import { type Signalled } from "./signals.js";
import { type KnownCall } from "./usage.js";

/** One closed period of a customer, with what it was computed from. */
export interface Close {
  readonly customerId: string;
  readonly period: Interval;
  readonly lines: readonly Line[];
}

/** A document that was sealed, or that an invoice is void, in order of recording. */
export interface Issued<Event extends DocumentSealed | InvoiceVoided = DocumentSealed | InvoiceVoided> {
  readonly customerId: string;
  readonly event: Event;
  readonly lines: readonly Line[];
}

const provider = LOCAL.providerId;

/** What a name stands for that nothing was made of: an id that nothing has, so that the application refuses it. */
class StoryIds extends Ids {
  override get(kind: NameKind, name: string): string {
    return this.find(kind, name) ?? aggregateId(provider, "story", name, kind);
  }
}

const copied = <Value>(from: ReadonlyMap<string, Value> | undefined, copy: (value: Value) => Value) =>
  new Map([...(from ?? [])].map(([key, value]): [string, Value] => [key, copy(value)]));

/** The application on a store in memory, and the player of scenarios in front of it. */
export class World {
  readonly closes: Close[];
  readonly documents: Issued[];
  /** Ids of void invoices. */
  readonly voided: Set<string>;
  /** How many events of the log went into what is known. */
  followed: number;
  /** Calls with an amount, in the order in which they got one. */
  readonly calls: KnownCall[];
  /** How many documents got a number. */
  numbered: number;
  /** States as of the events that were followed. */
  readonly customers: Map<string, Customer>;
  readonly classes: Map<string, CustomerClass>;
  readonly collection: Collections;
  readonly signals: Map<string, Signalled>;
  readonly mails: Wanted<MailKind>[];
  readonly odoo: Wanted<DeliveryKind<"ODOO">>[];
  readonly zendesk: Wanted<DeliveryKind<"ZENDESK">>[];
  /** Customers of which Odoo was told last that their service is blocked. */
  readonly blocked: Set<string>;
  readonly books: Map<string, Books>;
  /** Of each customer's statement, as text. */
  readonly movements: Map<string, string[]>;
  readonly tallies: Map<string, Tally>;
  /** What credit notes credit, by id. */
  readonly credits: Map<string, Amount>;
  /** How many events went through the books. */
  booked: number;
  readonly player: Player<Sender>;
  readonly ids: StoryIds;
  private readonly keys: Map<string, number>;

  private constructor(
    readonly scenario: Scenario,
    readonly session: MemorySession,
    private readonly clock: { now: Instant },
    /** Where it goes on from; left out: nothing has happened yet. */
    from?: World,
  ) {
    this.closes = [...(from?.closes ?? [])];
    this.documents = [...(from?.documents ?? [])];
    this.voided = new Set(from?.voided);
    this.followed = from?.followed ?? 0;
    this.calls = [...(from?.calls ?? [])];
    this.numbered = from?.numbered ?? 0;
    this.customers = new Map(from?.customers);
    this.classes = new Map(from?.classes);
    this.collection = new Collections(this.customers, this.classes, from?.collection);
    this.signals = copied(from?.signals, (signalled) => ({ ...signalled }));
    this.mails = [...(from?.mails ?? [])];
    this.odoo = [...(from?.odoo ?? [])];
    this.zendesk = [...(from?.zendesk ?? [])];
    this.blocked = new Set(from?.blocked);
    this.books = new Map(from?.books);
    this.movements = new Map(from?.movements);
    this.tallies = copied(from?.tallies, (tally) => ({ ...tally }));
    this.credits = new Map(from?.credits);
    this.booked = from?.booked ?? 0;
    this.ids = new StoryIds(from?.ids);
    this.keys = new Map(from?.keys);
    this.player = new Player({ mutate: this.send }, this.keyOf, [], this.ids);
  }

  static async of(scenario: Scenario): Promise<World> {
    const clock = { now: scenario.startsAt };
    return new World(scenario, await memorySession({ systemNow: () => clock.now }), clock);
  }

  /** A world of its own that goes on from here: what happens in it leaves this one alone, and the other way round. */
  fork(): World {
    const clock = { now: this.now };
    const session = forkOf(this.session, { systemNow: () => clock.now });
    return new World(this.scenario, session, clock, this);
  }

  get now(): Instant {
    return this.clock.now;
  }

  moveTo(moment: Instant): void {
    this.clock.now = moment;
  }

  /** States of a category by id, in the order in which they came into being. */
  all<Category extends FoldedCategory>(category: Category) {
    return this.session.facts.all(provider, category);
  }

  booksOf(customerId: string): Books {
    return this.books.get(customerId) ?? emptyBooks(this.history(customerId).customer.currency);
  }

  /** Of a customer; made when first asked for. */
  tallyOf(customerId: string): Tally {
    const found = this.tallies.get(customerId) ?? { invoiced: ZERO, refunded: ZERO, paid: ZERO };
    this.tallies.set(customerId, found);
    return found;
  }

  /** The days on which the next periods of customers close. */
  closesNext() {
    return this.session.facts.feed(provider).closesNext();
  }

  /** The customer's history with what was billed of it, as the billing feed has it. */
  billing(customerId: string) {
    const billing = this.session.facts.billingNow(provider, customerId);
    if (!billing) throw new Error(`${customerId} was not created`);
    return billing;
  }

  history(customerId: string): CustomerHistory {
    return this.billing(customerId).history;
  }

  /** As a worker gives itself a command. */
  async settle<S, E extends DomainEvent>(
    category: FoldedCategory | "receivables" | "lifecycle" | "usage",
    id: string,
    evolver: Evolver<S, E>,
    decide: (state: S) => readonly E[],
  ): Promise<void> {
    const key = `${category} ${id} ${this.session.store.log.length}`;
    await decideAndAppend(this.session.store, {
      stream: streamName(provider, category, id),
      evolver,
      envelope: {
        // Nobody asks for it again: its key is all that identifies it.
        ...{ commandId: key, commandHash: key },
        provider,
        actor: "worker",
        origin: "worker",
        recordedAt: this.now,
      },
      decide,
    });
  }

  /** The scenario's command as the application's own. Keys that are undefined are not sent. */
  private readonly send = async (
    name: string,
    input: object,
    idempotencyKey: string,
    field = "id",
  ): Promise<string> => {
    const given = JSON.parse(JSON.stringify(input)) as object;
    try {
      const answer: object = await execute(this.session, LOCAL, { name, input: given, idempotencyKey } as Command);
      return (answer as Record<string, string>)[field] ?? "";
    } catch (error) {
      if (error instanceof Rejection) throw new Refused(error.code, error.message);
      throw error;
    }
  };

  /** By what a command makes, so that ids stay the same when a story gets another step in between. */
  private readonly keyOf = ({ name, makes }: Sent): string => {
    const key = makes?.join(" ") ?? name;
    const times = (this.keys.get(key) ?? 0) + 1;
    this.keys.set(key, times);
    return `${key} ${times}`;
  };
}
