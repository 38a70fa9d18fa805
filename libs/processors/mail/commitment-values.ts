import { holderOn } from "#domain/commitments/holders.js";
import { termsOn } from "#domain/commitments/terms.js";
import { addDays } from "#domain/calendar.js";
import { findAccounts } from "#read-models/accounts/queries.js";
import { findCommitments } from "#read-models/commitments/queries.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Telling } from "./telling.js";

/** Of the commitment that a mail is about; null: it is not known. */
export const commitmentValues = async ({ dataSource, occasion, reader, writing }: Telling) => {
  const { providerId } = reader;
  const [row] = await findCommitments(dataSource, wholeProvider(providerId), [occasion.subjectId ?? ""]);
  if (!row) return null;
  const [account] = await findAccounts(dataSource, wholeProvider(providerId), [
    holderOn(row.state, occasion.on).accountId,
  ]);
  const { start, termination } = row.state;
  const discountEnd = occasion.discountEnd ?? row.discountEnd;
  const lastDay = termination?.on ?? null;
  return {
    /** As far as it has them. */
    common: {
      "commitment.name": termsOn(row.state, occasion.on).name,
      "commitment.account": account?.identifier ?? "",
      "commitment.startsOn": writing.date(start),
    },
    discountEnd: discountEnd && {
      "commitment.discountEnd": writing.date(discountEnd),
      "commitment.lastDiscountDay": writing.date(addDays(discountEnd, -1)),
    },
    end: lastDay && { "commitment.lastDay": writing.date(lastDay), isCancelled: lastDay < start },
  };
};
