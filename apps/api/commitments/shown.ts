import { type Terms as AgreedTerms } from "#domain/commitment/events.js";
import { termsOn } from "#domain/commitment/terms.js";
import { type CommitmentRow } from "#read-models/commitments/table.js";
import { feesShown, oneTimeFeeShown } from "../catalog/shown.js";
import { type Plain } from "../graphql/plain.js";
import { type Commitment, type Terms } from "./models.js";

/** How a commitment's row is shown; what depends on the day or on invoices, its fields look up. */
export const commitmentShown = (row: CommitmentRow): Plain<Commitment> => {
  const { id, start, discountEnd, terminatedOn, early, state, offerId, accountId, customerId } = row;
  return {
    ...{ id, start, terminatedOn, offerId, accountId, customerId },
    terms: termsShown(termsOn(state, state.start)),
    discountEndDate: discountEnd,
    discountEndKind: state.settings.at(-1)?.kind ?? "DEFAULT",
    terminatedEarly: early,
    state,
  };
};

const termsShown = (terms: AgreedTerms): Plain<Terms> => ({
  ...terms,
  recurring: terms.recurring.map((row) => ({ ...row, fees: feesShown(row.fees) })),
  oneTime: terms.oneTime.map((row) => oneTimeFeeShown(row, terms.currency)),
});
