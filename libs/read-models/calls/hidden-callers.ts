import { type Scope } from "../rows/scope.js";
import { type CallRow } from "./table.js";

/**
 * Calls as whoever asks may have them: a customer is not told the number of a caller that hides. Every query of calls for
 * somebody outside ends here.
 */
export const withoutHiddenNumbers = ({ customerId }: Scope, calls: readonly CallRow[]): CallRow[] =>
  calls.map((call) => (customerId !== null && call.callerHidden ? { ...call, cli: null } : call));
