import { accountEvents, identifierEvents } from "#domain/accounts/events.js";
import {
  addOnProductEvents,
  customerClassEvents,
  mainProductEvents,
  offerEvents,
  subscriptionEvents,
  volumeDiscountPlanEvents,
} from "#domain/catalog/events.js";
import { servicePolicyEvents } from "#domain/catalog/service-policy.js";
import { commitmentEvents } from "#domain/commitments/events.js";
import { customerEvents } from "#domain/customers/events.js";
import { type CategoryEvents, type DomainEvent, type EventType } from "#domain/event.js";
import { receivablesEvents, registerEvents } from "#domain/invoicing/events.js";
import { lifecycleEvents } from "#domain/lifecycle/events.js";
import { keyEvents } from "#domain/keys/events.js";
import { mailTemplateEvents } from "#domain/messages/events.js";
import { personEvents } from "#domain/people/events.js";
import { documentDetailsEvents, providerEvents, quarantineEvents } from "#domain/providers/events.js";
import { ticketEvents } from "#domain/tickets/events.js";
import { edgeEvents } from "#domain/voice/edge.js";
import { callsEvents } from "#domain/voice/events.js";
import { usageEvents } from "#domain/voice/usage-events.js";
import { ratesEvents } from "#domain/voice/rates.js";
import { tariffEvents } from "#domain/voice/tariff.js";
import { parseStreamName } from "./streams.js";

/** The events of every stream category, each described beside its types (`events.ts` of the domain's slices). */
const categories = [
  providerEvents,
  quarantineEvents,
  documentDetailsEvents,
  subscriptionEvents,
  addOnProductEvents,
  volumeDiscountPlanEvents,
  mainProductEvents,
  customerClassEvents,
  offerEvents,
  servicePolicyEvents,
  tariffEvents,
  ratesEvents,
  customerEvents,
  accountEvents,
  identifierEvents,
  commitmentEvents,
  lifecycleEvents,
  receivablesEvents,
  registerEvents,
  mailTemplateEvents,
  keyEvents,
  personEvents,
  ticketEvents,
  edgeEvents,
  callsEvents,
  usageEvents,
] as const;

/** Events by the category of their streams. */
type ByCategory = {
  readonly [Events in (typeof categories)[number] as Events["category"]]: Events extends CategoryEvents<
    string,
    infer Event
  >
    ? Event
    : never;
};

/** Category of a stream: the part of its name between provider and id. */
export type EventCategory = keyof ByCategory;
/** The events in streams of one category (default: of all). */
export type EventOf<Category extends EventCategory = EventCategory> = ByCategory[Category];
/** Every event of the domain. */
export type AnyEvent = EventOf;
export type AnyEventType = AnyEvent["type"];

export interface CataloguedType extends EventType {
  /** Categories of the streams that contain the type; more than one for a type that several slices share. */
  readonly categories: readonly EventCategory[];
}

/**
 * Every event type of the domain. Decoding refuses types that are not listed. Each type and version has a frozen
 * example, `examples/<Type>.v<N>.json`; examples.unit.spec.ts says how to add one.
 */
export const eventTypes = categories.reduce<Record<string, CataloguedType>>((known, { category, types }) => {
  for (const [type, described] of Object.entries<EventType>(types)) {
    known[type] = { ...described, categories: [...(known[type]?.categories ?? []), category] };
  }
  return known;
}, {}) as Readonly<Record<AnyEventType, CataloguedType>>;

/** Every stream category. */
export const eventCategories: readonly EventCategory[] = categories.map(({ category }) => category);

/** The category of an event's stream. */
export const categoryOf = ({
  type,
  stream,
}: {
  readonly type: AnyEventType;
  readonly stream: string;
}): EventCategory => {
  // Asked many times for every event: nothing is allocated.
  const { categories: own } = eventTypes[type];
  const only = own.length === 1 ? own[0] : undefined;
  return only ?? (parseStreamName(stream).category as EventCategory);
};

/** Whether an event is in a stream of one of the categories. */
export const isOf = <
  Event extends DomainEvent & { readonly type: AnyEventType; readonly stream: string },
  Category extends EventCategory,
>(
  event: Event,
  ...wanted: readonly Category[]
): event is Extract<Event, { readonly type: EventOf<Category>["type"] }> =>
  (wanted as readonly EventCategory[]).includes(categoryOf(event));

/** Why an event is in the wrong stream; null: it is not. */
export const misplacedReason = ({
  stream,
  type,
  metadata,
}: {
  readonly stream: string;
  readonly type: string;
  readonly metadata: { readonly provider: string };
}): string | null => {
  const { provider, category } = parseStreamName(stream);
  const known = Object.hasOwn(eventTypes, type) ? eventTypes[type as AnyEventType].categories : undefined;
  if (known?.some((one) => one === category) === false)
    return `${type} does not belong into a stream of the category ${category}`;
  return metadata.provider === provider ? null : `its metadata name the provider ${metadata.provider}`;
};

/** The events of one type, in order. */
export const ofType = <Event extends DomainEvent, Type extends Event["type"]>(
  events: readonly Event[],
  type: Type,
): Extract<Event, { readonly type: Type }>[] =>
  events.filter((event): event is Extract<Event, { readonly type: Type }> => event.type === type);
