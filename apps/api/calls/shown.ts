import { type CallRow } from "#read-models/calls/table.js";
import { type Plain } from "../graphql/plain.js";
import { type Call } from "./models.js";

export const callShown = ({
  providerId: _,
  month: __,
  tariffRevision: ___,
  eventId: ____,
  ...call
}: CallRow): Plain<Call> => call;
