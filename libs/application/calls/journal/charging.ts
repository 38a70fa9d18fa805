import { rateTable, type RateTable } from "#domain/voice/rate-table.js";
import { type CallLeg, type ChargedAccount, type RecordedVersion, type ReportedCall } from "#domain/voice/xdr.js";
import { type FactSource } from "../../command/facts.js";
import { type ReportedLeg } from "./pairs.js";

/** Who is charged for a leg and by what, as billing said when it was asked for the call. */
export interface ChargedBy {
  readonly accountId: string;
  readonly customerId: string;
  readonly tariffId: string;
  readonly leg: CallLeg;
}

/** What the ref of a leg says; null: billing did not give it. */
export type ReadRef = (ref: string) => ChargedBy | null;

export interface ChargedLeg {
  readonly call: ReportedCall;
  /** Null: nobody knows whose it is. */
  readonly account: ChargedAccount | null;
}

/** What legs are charged by, for all of them together. */
export const chargedLegs = async (
  providerId: string,
  legs: readonly ReportedLeg[],
  readRef: ReadRef,
  facts: Pick<FactSource, "charging">,
): Promise<ChargedLeg[]> => {
  const known = legs.map(({ call, ref }) => {
    const by = readRef(ref);
    return { call, by: by?.leg === call.leg ? by : null };
  });
  const customerIds = new Set<string>();
  const numbers = new Map<string, Set<string | null>>();
  for (const { call, by } of known) {
    if (by === null) continue;
    customerIds.add(by.customerId);
    // Which of the two counts is said by the tariff.
    numbers.set(by.tariffId, (numbers.get(by.tariffId) ?? new Set()).add(call.cli).add(call.cld));
  }
  const { customers, tariffs } = await facts.charging(providerId, [...customerIds], numbers);
  const tables = new Map<string, RateTable<RecordedVersion>>();
  for (const [tariffId, { rates }] of tariffs) tables.set(tariffId, rateTable(rates));
  return known.map(({ call, by }) => {
    const customer = by && customers.get(by.customerId);
    if (!by || !customer) return { call, account: null };
    const { accountId, tariffId } = by;
    const [terms, table] = [tariffs.get(tariffId)?.tariff, tables.get(tariffId)];
    return { call, account: { accountId, customer, tariff: terms && table ? { tariffId, terms, table } : null } };
  });
};
