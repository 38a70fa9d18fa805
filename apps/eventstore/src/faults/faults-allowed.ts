import type { FaultControl } from "./control.js";

/**
 * Whether faults may be ordered: only in a process forked by a test that sets the variable, and never in production.
 */
export const faultsIfAllowed = async (): Promise<FaultControl | undefined> => {
  const allowed =
    process.env["TENURE_EVENTSTORE_FAULTS"] === "1" && process.env["NODE_ENV"] !== "production" && process.connected;
  if (!allowed) return undefined;
  const { FaultControl: Control } = await import("./control.js");
  return new Control();
};
