import { type DurationRounding, type RateKey } from "#domain/voice/rate-version.js";
import { changeRates, importRates, type RateName, ratesEvolver, removeRates } from "#domain/voice/rates.js";
import { cloneTariff, defineTariff, reviseTariff, tariffEvolver } from "#domain/voice/tariff.js";
import { commandsOn } from "../command/definition.js";
import { type GivenRate, inUtc, rateVersion } from "../rate-files/given-rate.js";
import { importFacts, ratesFacts } from "../rate-files/facts.js";
import { type RateFilePart, readRates, requireNoMistakes, withRates } from "../rate-files/read.js";
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
export interface ChangeRates {
  readonly tariffId: string;
  readonly rates: readonly GivenRate[];
}
export interface ImportRates extends RateFilePart {
  readonly tariffId: string;
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
    facts: ({ tariffId }, { facts, providerId }) => ratesFacts(facts, providerId, tariffId),
    decide: ({ tariffId, rates }, { now, facts }) =>
      changeRates({ tariffId, rates: rates.map((rate) => rateVersion(rate, now)), now, on: catalogDay(now) }, facts),
  }),
  importRates: onRates({
    target: ({ tariffId }: ImportRates) => tariffId,
    facts: (input, { facts, providerId }) => importFacts(facts, providerId, input.tariffId, readRates(input)),
    decide: ({ tariffId, ...part }, { now, facts }) => {
      const { done, mistakes } = withRates(readRates(part), now, (rates) =>
        importRates({ tariffId, rates, now, on: catalogDay(now) }, facts),
      );
      requireNoMistakes(mistakes);
      return done ?? [];
    },
  }),
  removeRates: onRates({
    target: ({ tariffId }: RemoveRates) => tariffId,
    facts: async ({ tariffId, rates }, { facts, providerId }) => ({
      ...(await ratesFacts(facts, providerId, tariffId)),
      unknown: await facts.unknownRates(providerId, tariffId, rates.map(nameOf)),
    }),
    decide: ({ tariffId, rates }, { now, facts }) =>
      removeRates({ tariffId, rates: rates.map(nameOf), now, on: catalogDay(now) }, facts),
  }),
};

const nameOf = ({ prefix, effectiveFrom }: RateName): RateName => ({ prefix, effectiveFrom: inUtc(effectiveFrom) });
