import { type RateTest as Tested } from "#domain/voice/rate-test.js";
import { type CatalogRow } from "#read-models/catalog/table.js";
import { type TariffRateRow } from "#read-models/tariffs/table.js";
import { type Plain } from "../graphql/plain.js";
import { type ServicePolicy } from "./service-policy-models.js";
import { type Rate, type RateTest, type Tariff } from "./tariff-models.js";

export const servicePolicyShown = ({
  id,
  state,
  createdAt,
  updatedAt,
}: CatalogRow<"servicepolicy">): Plain<ServicePolicy> => ({
  ...{ ...state, id, createdAt, updatedAt },
});

export const tariffShown = ({ id, state, createdAt, updatedAt }: CatalogRow<"tariff">): Plain<Tariff> => ({
  ...{ ...state, id, createdAt, updatedAt, clonedFromId: state.clonedFrom ?? null },
});

export const rateShown = ({ providerId: _, tariffId: __, revision: ___, ...rate }: TariffRateRow): Plain<Rate> => rate;

/** @param rows of all prefixes of the number */
export const rateTestShown = (
  { rated, passedOver, steps }: Tested,
  currency: string,
  rows: readonly TariffRateRow[],
): Plain<RateTest> => {
  const shown = ({ prefix, effectiveFrom }: { readonly prefix: string; readonly effectiveFrom: string }) =>
    rows.filter((row) => row.prefix === prefix && row.effectiveFrom === effectiveFrom).map(rateShown);
  const isRated = rated.state === "RATED";
  return {
    state: rated.state,
    reason: isRated ? null : rated.reason,
    rate: isRated ? (shown(rated.version)[0] ?? null) : null,
    passedOver: passedOver.flatMap(shown),
    seconds: rated.seconds,
    chargedSeconds: isRated ? rated.chargedSeconds : null,
    amount: isRated ? rated.amount : null,
    currency,
    steps: [...steps],
  };
};
