import { type BilledCall as Billed } from "#read-models/calls/billed.js";
import { type CallRow } from "#read-models/calls/table.js";
import { type Plain } from "../graphql/plain.js";
import { lineShown } from "../invoices/shown.js";
import { type BilledCall, type Call } from "./models.js";

export const callShown = ({
  providerId: _,
  month: __,
  tariffRevision: ___,
  eventId: ____,
  ...call
}: CallRow): Plain<Call> => call;

export const billedCallShown = ({ periodFrom, periodUntil, amount, line }: Billed): Plain<BilledCall> => ({
  period: { from: periodFrom, until: periodUntil },
  amount,
  line: line && lineShown(line),
});
