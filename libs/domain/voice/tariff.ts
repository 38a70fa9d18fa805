import { type LocalDate } from "../calendar.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Evolver,
} from "../event.js";
import { requireName } from "../input.js";
import { minorUnits } from "../money.js";
import { noSuchItem } from "../rejection.js";
import { type TariffTerms } from "./rate-version.js";

interface On {
  readonly effectiveOn: LocalDate;
}
/**
 * A tariff was put into the catalog. Its rates are in a stream of their own (decision 266). Of a clone they begin as
 * those of the other tariff were at this place of the log, what was to come included.
 */
export type TariffDefined = DomainEvent<
  "TariffDefined",
  TariffTerms & On & { readonly tariffId: string; readonly description: string | null; readonly clonedFrom?: string }
>;
/** It is called or described otherwise. What calls cost does not change by it. */
export type TariffRevised = DomainEvent<
  "TariffRevised",
  On & { readonly name: string; readonly description: string | null }
>;
export type TariffEvent = TariffDefined | TariffRevised | CommandAccepted;

export const tariffEvents: CategoryEvents<"tariff", TariffEvent> = {
  category: "tariff",
  types: {
    TariffDefined: { version: 1, movesCharges: false, callsForWork: false },
    TariffRevised: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export type Tariff = Omit<TariffDefined["data"], "effectiveOn">;

export const tariffEvolver: Evolver<Tariff | null, TariffEvent> = {
  initial: null,
  evolve(state, event) {
    if (event.type === "CommandAccepted") return state;
    const { effectiveOn: _, ...terms } = event.data;
    return "tariffId" in terms ? terms : state && { ...state, ...terms };
  },
};

/** @throws Rejection VALIDATION_FAILED */
export const defineTariff = ({ on, ...tariff }: Tariff & { readonly on: LocalDate }): TariffEvent[] => {
  minorUnits(tariff.currency);
  return [{ type: "TariffDefined", data: { ...tariff, name: requireName(tariff.name), effectiveOn: on } }];
};

/**
 * Another tariff with the same terms and rates.
 * @param source the tariff to copy; null: there is none
 * @throws Rejection VALIDATION_FAILED
 */
export const cloneTariff = (
  { tariffId, name, on }: { readonly tariffId: string; readonly name: string; readonly on: LocalDate },
  source: Tariff | null,
): TariffEvent[] => {
  const { tariffId: clonedFrom, ...terms } = known(source);
  return defineTariff({ ...terms, tariffId, name, clonedFrom, on });
};

/** What is left out stays. @throws Rejection VALIDATION_FAILED */
export const reviseTariff = (
  { name, description, on }: { readonly name?: string; readonly description?: string | null; readonly on: LocalDate },
  state: Tariff | null,
): TariffEvent[] => {
  const before = known(state);
  const revised = {
    name: requireName(name ?? before.name),
    description: description === undefined ? before.description : description,
  };
  return [{ type: "TariffRevised", data: { ...revised, effectiveOn: on } }];
};

const known = (state: Tariff | null): Tariff => {
  if (state) return state;
  throw noSuchItem("tariff", "tariffId");
};
