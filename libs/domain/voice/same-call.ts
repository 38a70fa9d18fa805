import { type Instant } from "../calendar.js";
import { isCallerHidden, type Numbers, type Xdr } from "./xdr.js";

/** A call as it was recorded, whatever has been computed of it. */
export type RecordedReport = Pick<Xdr, "leg" | "accountId" | "answered" | "ended" | "authorised"> &
  Pick<Numbers, "cli" | "cld"> & { readonly redirectedTo: string | null; readonly callerHidden: boolean };

const lengthOf = ({ answered, ended }: { readonly answered: Instant; readonly ended: Instant | null }) =>
  ended === null ? null : Date.parse(ended) - Date.parse(answered);

/**
 * Whether a call is reported otherwise than it was recorded under the same key. An end that was not seen says nothing
 * against one that was.
 * @param isMoved whether instants were moved to a test clock, which may stand elsewhere by now: then lengths count alone
 */
export const differs = (reported: Xdr, recorded: RecordedReport, isMoved: boolean): boolean => {
  const { leg, accountId, answered, authorised, redirectedTo = null, personal } = reported;
  const length = lengthOf(reported);
  return (
    leg !== recorded.leg ||
    accountId !== recorded.accountId ||
    authorised !== recorded.authorised ||
    redirectedTo !== recorded.redirectedTo ||
    personal.cli !== recorded.cli ||
    isCallerHidden(personal) !== recorded.callerHidden ||
    personal.cld !== recorded.cld ||
    (!isMoved && answered !== recorded.answered) ||
    (length !== null && length !== lengthOf(recorded))
  );
};
