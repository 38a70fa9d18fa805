import { accountEvolver } from "#domain/accounts/account.js";
import { customerClassEvolver } from "#domain/catalog/customer-class.js";
import { offerEvolver } from "#domain/catalog/offer.js";
import { addOnProductEvolver, mainProductEvolver, volumeDiscountPlanEvolver } from "#domain/catalog/products.js";
import { servicePolicyEvolver } from "#domain/catalog/service-policy.js";
import { subscriptionEvolver } from "#domain/catalog/subscription.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { customerEvolver } from "#domain/customers/customer.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { keyEvolver } from "#domain/keys/key.js";
import { mailTemplateEvolver } from "#domain/messages/mail-template.js";
import { personEvolver } from "#domain/people/person.js";
import { documentDetailsEvolver } from "#domain/providers/change-document-details.js";
import { providerEvolver } from "#domain/providers/provider.js";
import { edgeEvolver } from "#domain/voice/edge.js";
import { tariffEvolver } from "#domain/voice/tariff.js";
import { type EventCategory } from "#event-store/catalogue.js";
import { type AnyRecordedEvent } from "#event-store/event.js";
import {
  addOnProductFacts,
  customerClassFacts,
  mainProductFacts,
  offerFacts,
  planFacts,
  servicePolicyFacts,
  tariffFacts,
  volumeDiscountPlanFacts,
} from "./facts/catalog.js";
import { commitmentFacts } from "./facts/commitments.js";
import { accountFacts, customerFacts, personFacts } from "./facts/customers.js";
import { type Fact, type FactsOf } from "./facts/fact.js";
import { documentDetailsFacts, edgeFacts, keyFacts, mailTemplateFacts, providerFacts } from "./facts/providers.js";
import { type Speaker } from "./speaker.js";
import { type Field } from "./words/fields.js";

/** Something that changed, in words. */
export interface Change {
  readonly field: Field;
  readonly label: string;
  /** Null: there was none. */
  readonly from: string | null;
  /** Null: there is none any more. */
  readonly to: string | null;
}

/** How a stream of a category becomes facts. */
interface Entity {
  readonly evolver: Evolver<unknown, DomainEvent>;
  readonly facts: FactsOf<unknown>;
}

const entity = <State, Event extends DomainEvent>(
  evolver: Evolver<State, Event>,
  facts: FactsOf<NonNullable<State>>,
): Entity => ({
  evolver: evolver,
  facts: facts as FactsOf<unknown>,
});

/** The categories whose events change something that is so from then on. */
const ENTITIES = {
  provider: entity(providerEvolver, providerFacts),
  documentdetails: entity(documentDetailsEvolver, documentDetailsFacts),
  subscription: entity(subscriptionEvolver, planFacts),
  addonproduct: entity(addOnProductEvolver, addOnProductFacts),
  volumediscountplan: entity(volumeDiscountPlanEvolver, volumeDiscountPlanFacts),
  mainproduct: entity(mainProductEvolver, mainProductFacts),
  customerclass: entity(customerClassEvolver, customerClassFacts),
  offer: entity(offerEvolver, offerFacts),
  servicepolicy: entity(servicePolicyEvolver, servicePolicyFacts),
  tariff: entity(tariffEvolver, tariffFacts),
  mailtemplate: entity(mailTemplateEvolver, mailTemplateFacts),
  key: entity(keyEvolver, keyFacts),
  edge: entity(edgeEvolver, edgeFacts),
  person: entity(personEvolver, personFacts),
  customer: entity(customerEvolver, customerFacts),
  account: entity(accountEvolver, accountFacts),
  commitment: entity(commitmentEvolver, commitmentFacts),
} satisfies Partial<Record<EventCategory, Entity>>;

export type ChangingCategory = keyof typeof ENTITIES;
export const isChanging = (category: string): category is ChangingCategory => Object.hasOwn(ENTITIES, category);

/** A stream's state just before an event and just after it. */
export interface Step {
  readonly category: ChangingCategory;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Folds a stream of a category, and keeps the states around the events that are wanted: by the same evolvers as
 * everything else, so that a history says what the deciders saw.
 */
export const stepsOf = (
  category: ChangingCategory,
  events: readonly AnyRecordedEvent[],
  isWanted: (event: AnyRecordedEvent) => boolean,
): Map<string, Step> => {
  const { evolver } = ENTITIES[category];
  const steps = new Map<string, Step>();
  let state = evolver.initial;
  for (const event of events) {
    const before = state;
    state = evolver.evolve(state, event, event.id);
    if (isWanted(event)) steps.set(event.id, { category, before, after: state });
  }
  return steps;
};

/**
 * What an event changed, judged on its own day (`effectiveOn`): the first day on which it is so. In the order of what is
 * so after it; what is gone comes last.
 */
export const changesOf = ({ category, before, after }: Step, on: string, say: Speaker): Change[] => {
  const { facts } = ENTITIES[category];
  const factsOf = (state: unknown): Map<string, Fact> =>
    new Map((state === null ? [] : facts(state, on, say)).map((fact) => [`${fact.field} ${fact.key ?? ""}`, fact]));
  const [was, is] = [factsOf(before), factsOf(after)];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((key) => {
    const field = (is.get(key) ?? was.get(key))?.field;
    const from = was.get(key)?.value ?? null;
    const to = is.get(key)?.value ?? null;
    return field === undefined || from === to ? [] : [{ field, label: say.words.fields[field], from, to }];
  });
};
