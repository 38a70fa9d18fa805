import { type Instant } from "#domain/calendar.js";
import { type DurationRounding, type RateFlag, type RateKey } from "#domain/voice/rate-version.js";
import { changeRates, type RateName, ratesEvolver, removeRates } from "#domain/voice/rates.js";
import { cloneTariff, defineTariff, reviseTariff, tariffEvolver } from "#domain/voice/tariff.js";
import { commandsOn } from "../command/definition.js";
import { type FactSource } from "../command/facts.js";
import { catalogDay } from "./commands.js";

export interface DefineTariff {
  readonly name: string;
  readonly description?: string | null;
  readonly currency: string;
  readonly matchBy?: RateKey;
  readonly duration?: DurationRounding;
}
export interface ReviseTariff {
  readonly tariffId: string;
  readonly name?: string;
  readonly description?: string | null;
}
export interface CloneTariff {
  readonly tariffId: string;
  readonly name: string;
}
/** A version of a rate; without an instant from now on, without intervals by the second, without a fee for none. */
export interface GivenRate extends Readonly<Partial<Record<RateFlag, boolean>>> {
  readonly prefix: string;
  readonly description?: string | null;
  readonly country?: string | null;
  readonly effectiveFrom?: Instant;
  readonly priceFirst: string;
  readonly priceNext: string;
  readonly connectFee?: string;
  readonly firstInterval?: number;
  readonly nextInterval?: number;
}
export interface ChangeRates {
  readonly tariffId: string;
  readonly rates: readonly GivenRate[];
}
export interface RemoveRates {
  readonly tariffId: string;
  readonly rates: readonly RateName[];
}

const onTariff = commandsOn("tariff", tariffEvolver);
/** A tariff's rates are in a stream of their own, which has the tariff's id (decision 266). */
const onRates = commandsOn("rates", ratesEvolver);

export const tariffCommands = {
  defineTariff: onTariff({
    target: (_input: DefineTariff, { newId }) => newId("tariff"),
    decide: ({ name, description = null, currency, matchBy = "CLD", duration = "NEAREST" }, { id, now }) =>
      defineTariff({ tariffId: id, name, description, currency, matchBy, duration, on: catalogDay(now) }),
  }),
  reviseTariff: onTariff({
    target: ({ tariffId }: ReviseTariff) => tariffId,
    decide: ({ tariffId: _, ...changes }, { state, now }) => reviseTariff({ ...changes, on: catalogDay(now) }, state),
  }),
  cloneTariff: onTariff({
    target: (_input: CloneTariff, { newId }) => newId("tariff"),
    facts: ({ tariffId }, { facts, providerId }) => facts.tariff(providerId, tariffId),
    decide: ({ name }, { id, now, facts }) => cloneTariff({ tariffId: id, name, on: catalogDay(now) }, facts),
  }),
  changeRates: onRates({
    target: ({ tariffId }: ChangeRates) => tariffId,
    facts: ({ tariffId }, { facts, providerId }) => factsOf(facts, providerId, tariffId),
    decide: ({ tariffId, rates }, { now, facts }) =>
      changeRates({ tariffId, rates: rates.map((rate) => versionOf(rate, now)), now, on: catalogDay(now) }, facts),
  }),
  removeRates: onRates({
    target: ({ tariffId }: RemoveRates) => tariffId,
    facts: async ({ tariffId, rates }, { facts, providerId }) => ({
      ...(await factsOf(facts, providerId, tariffId)),
      unknown: await facts.unknownRates(providerId, tariffId, rates.map(nameOf)),
    }),
    decide: ({ tariffId, rates }, { now, facts }) =>
      removeRates({ tariffId, rates: rates.map(nameOf), now, on: catalogDay(now) }, facts),
  }),
};

const factsOf = async (facts: FactSource, providerId: string, tariffId: string) => ({
  tariffExists: (await facts.tariff(providerId, tariffId)) !== null,
  hasCalls: await facts.hasCalls(providerId),
});

/** In the one form in which instants are compared. */
const inUtc = (instant: Instant): Instant => new Date(instant).toISOString();

const nameOf = ({ prefix, effectiveFrom }: RateName): RateName => ({ prefix, effectiveFrom: inUtc(effectiveFrom) });

const versionOf = (rate: GivenRate, now: Instant) => ({
  prefix: rate.prefix,
  description: rate.description ?? null,
  country: rate.country ?? null,
  effectiveFrom: inUtc(rate.effectiveFrom ?? now),
  priceFirst: rate.priceFirst,
  priceNext: rate.priceNext,
  connectFee: rate.connectFee ?? "0",
  firstInterval: rate.firstInterval ?? 1,
  nextInterval: rate.nextInterval ?? 1,
  discontinued: rate.discontinued ?? false,
  forbidden: rate.forbidden ?? false,
  hidden: rate.hidden ?? false,
  payback: rate.payback ?? false,
});
