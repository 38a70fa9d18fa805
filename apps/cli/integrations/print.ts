import { stateOf } from "../deliveries/print.js";
import { type Verified } from "../deliveries/requests.js";
import { table } from "../table.js";

/** What was found of an integration of a provider. */
export interface Checked extends Verified {
  readonly providerId: string;
  readonly provider: string;
}

/** Those that are configured; providers without any are told of in one line. */
export const checkedText = (checked: readonly Checked[]): string => {
  const on = checked.filter((one) => one.on);
  const providers = new Set(checked.map(({ providerId }) => providerId));
  const without = providers.size - new Set(on.map(({ providerId }) => providerId)).size;
  const told = without === 0 ? [] : [`${without} of ${providers.size} providers without integrations.`];
  if (on.length === 0) return told.join("\n");
  const rows = on.map(({ provider, target, ok, message }) => [provider, target, stateOf(true, ok), message]);
  return [
    ...table(["Provider", "Target", "State", "Found"], "llll", rows),
    ...(told.length === 0 ? [] : ["", ...told]),
  ].join("\n");
};
