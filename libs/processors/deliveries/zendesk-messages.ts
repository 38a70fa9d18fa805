import { type Customer } from "#domain/customers/customer.js";
import { type Contact, type CustomerContactChanged } from "#domain/customers/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Facts } from "./facts.js";
import { type DeliveryKind } from "./target.js";
import { type Wanted } from "./wanted.js";

type ZendeskKind = DeliveryKind<"ZENDESK">;

/** What an event makes for Zendesk (docs/rules.md#zendesk). */
export const zendeskMessagesOf = (event: RecordedEvent, facts: Facts): Wanted<ZendeskKind>[] => {
  const wanted = (...kinds: ZendeskKind[]): Wanted<ZendeskKind>[] =>
    kinds.map((kind) => ({
      ...{ kind, customerId: parseStreamName(event.stream).id },
      ...{ on: event.data.effectiveOn, subjectId: null },
    }));
  switch (event.type) {
    case "CustomerCreated":
      return wanted("ORGANIZATION_UPSERTED", ...(isReachable(event.data.personal) ? (["USER_UPSERTED"] as const) : []));
    case "CustomerContactChanged":
      return wanted(...contactChanged(event, facts));
    case "CustomerLinkedToZendesk": {
      const { by, replaced } = event.data;
      if (by === "PROVISIONING") return [];
      return wanted(...(replaced ? (["ORGANIZATION_UNLINKED"] as const) : []), "ORGANIZATION_LINKED");
    }
    case "CustomerUnlinkedFromZendesk":
      return wanted("ORGANIZATION_UNLINKED");
    default:
      return [];
  }
};

const contactChanged = ({ stream, data }: CustomerContactChanged & RecordedEvent, facts: Facts): ZendeskKind[] => {
  const { id } = parseStreamName(stream);
  const customer = facts.customer(id);
  if (!customer || !isKept(customer, facts.wasProvisioned(id))) return [];
  const { contact: before } = customer;
  const after = data.personal;
  const changes = (...fields: ("name" | "companyDomain" | "email" | "phone")[]): boolean =>
    fields.some((field) => before[field] !== after[field]);
  const hasUser = isReachable(before) || isReachable(after);
  return [
    ...(changes("name", "companyDomain") ? (["ORGANIZATION_UPSERTED"] as const) : []),
    ...(hasUser && changes("name", "email", "phone") ? (["USER_UPSERTED"] as const) : []),
  ];
};

/**
 * Whether Zendesk is kept as the customer is: it is linked, or was created while Zendesk was on and nothing is known yet
 * that keeps the two apart. One from before would become a second organization.
 */
const isKept = ({ zendesk }: Customer, wasProvisioned: boolean): boolean =>
  zendesk === undefined ? wasProvisioned : zendesk.link !== null;

const isReachable = ({ email, phone }: Contact): boolean => email !== null || phone !== null;
