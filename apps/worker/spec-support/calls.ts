import { hash } from "#application/audit/invoices/recompute.js";
import { type CallsRecorded } from "#domain/voice/events.js";
import { callKey, type RatedXdr } from "#domain/voice/xdr.js";
import { callsId } from "#event-store/ids.js";
import { type Bench } from "./worker.js";

export const TARIFF = "7a000000-0000-4000-8000-000000000001";

interface CallOf {
  readonly providerId: string;
  readonly customerId: string;
  readonly accountId: string;
  readonly answered: string;
  readonly recorded: string;
  readonly amount: string;
}

/** Records a rated call of 30 s. @returns its key */
export const recordCall = async (
  bench: Bench,
  { providerId, customerId, accountId, answered, recorded, amount }: CallOf,
): Promise<string> => {
  const hour = `${answered.slice(0, 13)}:00:00.000Z`;
  const key = callKey({ edge: "edge-1", callId: answered, fromTag: "tag", leg: "IN" }, hash);
  const { personal, ...xdr }: RatedXdr = {
    ...{ state: "RATED", key, leg: "IN", accountId, customerId, day: answered.slice(0, 10), answered },
    ...{ ended: new Date(Date.parse(answered) + 30_000).toISOString(), authorised: "LIVE" },
    ...{ tariffId: TARIFF, tariffRevision: 0, prefix: "1", seconds: 30, chargedSeconds: 30, amount },
    currency: "USD",
    personal: { cli: null, cld: "12065551202" },
  };
  const event: CallsRecorded = {
    type: "CallsRecorded",
    data: { edge: "edge-1", hour, calls: [xdr], effectiveOn: hour.slice(0, 10), personal: { numbers: [personal] } },
  };
  await bench.record(providerId, "calls", callsId("edge-1", hour), recorded, [event]);
  return key;
};
