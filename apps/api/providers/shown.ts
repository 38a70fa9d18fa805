import { nowOf } from "#domain/providers/provider.js";
import { type ProviderRow } from "#read-models/providers/table.js";
import { type Plain } from "../graphql/plain.js";
import { systemNow } from "../core/clocks.js";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { type Provider } from "./models.js";

/** The GraphQL form of a provider's row. */
export const providerShown = (row: ProviderRow): Plain<Provider> => {
  const { providerId, createdAt, updatedAt, name, state, testClock, advanceTo } = row;
  return {
    id: providerId,
    createdAt,
    updatedAt,
    name,
    invoiceNumberPrefix: state.invoiceNumberPrefix,
    backDatingDays: state.backDatingDays,
    coolingOffDays: state.coolingOffDays,
    supportHourlyRate: state.supportHourlyRate ?? null,
    isDefault: providerId === DEFAULT_PROVIDER_ID,
    clock: { now: nowOf(state, systemNow()), testClock, advancingTo: advanceTo },
  };
};
