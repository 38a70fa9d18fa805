import { type RecordedEvent } from "#event-store/event.js";
import { deliveryId } from "#event-store/ids.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Projection } from "#read-models/runner/projection.js";
import { type Facts, FoldedFacts } from "./facts.js";
import { mailsOf } from "./mails.js";
import { odooSignalsOf } from "./odoo-signals.js";
import { ProviderCursors } from "./provider-cursors.js";
import { type NewDelivery, recordDeliveries } from "./queue.js";
import { type Target, type TargetName } from "./target.js";
import { type Wanted } from "./wanted.js";
import { zendeskMessagesOf } from "./zendesk-messages.js";

/** Name of the projection that records deliveries, and of its cursor. */
export const DELIVERIES = "deliveries";

/** Deliveries begin with the events after the first start: what was recorded before is told nobody. */
export const deliveriesCursor = { name: DELIVERIES, from: "NOW" } as const;

/** What an event makes, by target. */
const messagesOf = { EMAIL: mailsOf, ODOO: odooSignalsOf, ZENDESK: zendeskMessagesOf } satisfies Readonly<
  Record<TargetName, (event: RecordedEvent, facts: Facts) => Wanted[]>
>;

/**
 * A projection that records the deliveries of events, in the transaction that moves the checkpoint. Each provider has a
 * cursor of its own, moved in the same transaction, and events up to it are passed over: reading the log again, for a
 * rebuild or because a stalled provider goes on, delivers nothing anew. Its facts are built again; deliveries stay.
 * @param targets those that this installation is configured for
 */
export const recordingOfDeliveries = (targets: readonly Pick<Target, "name" | "isOn">[]): Projection => ({
  name: DELIVERIES,
  version: 2,
  tables: ["delivery_customers", "delivery_holders"],
  inPlace: true,
  categories: ["provider", "customer", "commitment", "lifecycle", "receivables", "register", "person", "ticket"],
  async apply(manager, events) {
    const facts = await FoldedFacts.of(manager, events);
    const cursors = await ProviderCursors.of(manager, DELIVERIES, events);
    const made: NewDelivery[] = [];
    for (const event of events) {
      const added = cursors.isNew(event) ? deliveriesOf(event, facts, targetsOf(event, cursors, targets)) : [];
      for (const delivery of added) facts.made(delivery.provider, delivery);
      made.push(...added);
      facts.fold(event);
      cursors.fold(event);
    }
    await facts.write(manager);
    await cursors.write(manager);
    await recordDeliveries(manager, made);
  },
});

/** Targets that get deliveries of the event's provider: all of them where the recorder answers. */
const targetsOf = (
  event: RecordedEvent,
  cursors: ProviderCursors,
  targets: readonly Pick<Target, "name" | "isOn">[],
): { readonly names: readonly TargetName[]; readonly stub: boolean } => {
  const { provider } = parseStreamName(event.stream);
  if (cursors.isStubbed(provider)) return { names: Object.keys(messagesOf) as TargetName[], stub: true };
  return { names: targets.filter(({ isOn }) => isOn(provider)).map(({ name }) => name), stub: false };
};

const deliveriesOf = (
  event: RecordedEvent,
  facts: FoldedFacts,
  { names, stub }: { readonly names: readonly TargetName[]; readonly stub: boolean },
): NewDelivery[] =>
  names.flatMap((target) =>
    messagesOf[target](event, facts.before(event)).map(({ kind, customerId, on, subjectId }, place) => ({
      id: deliveryId(target, event.id, kind, subjectId ?? customerId),
      provider: parseStreamName(event.stream).provider,
      customerId,
      target,
      kind,
      on,
      subjectId,
      stub,
      event,
      place,
    })),
  );
