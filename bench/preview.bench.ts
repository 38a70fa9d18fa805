import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { describe, it } from "vitest";
import { signedUp } from "../apps/worker/spec-support/worker.js";
import { inFlight } from "../libs/application/processes/in-flight.js";
import { createEventStore } from "../libs/event-store/event-store-db.js";
import { type Client } from "../test/support/graphql.js";
import { world } from "../test/browser/console/world.js";
import { processOf, TICKS_PER_SECOND } from "./cpu-time.js";
import { beginStream } from "./many-customers.js";

/**
 * `npm run bench`: previews with the coming invoices that a command changes, of a customer with many commitments: the
 * time of the answer, the API's CPU, and how long another request waits meanwhile, beside those of a customer with one.
 * Needs `npm run build`.
 */
const COMMITMENTS = Number(process.env["BENCH_COMMITMENTS"] ?? "1000");
const TIMES = 5;
const START = "2020-07-01";

const PREVIEWS = (customerId: string, commitmentId: string) => ({
  "a pause of two months": ["pauseCommitment", { commitmentId, from: "2020-08-01", until: "2020-09-30" }],
  "a termination": ["terminateCommitment", { commitmentId }],
  "a discount rate of the customer": ["setSubscriptionDiscountRate", { customerId, rate: "10" }],
});

interface Measured {
  readonly answer: number;
  readonly cpu: number;
  readonly waited: number;
  readonly periods: number;
}

interface Seen {
  readonly preview: { readonly comingPeriods: { readonly periods: readonly unknown[] } };
}

const measured = async (desk: Client, api: number, command: string, input: object): Promise<Measured> => {
  const type = `${command.charAt(0).toUpperCase()}${command.slice(1)}PreviewInput!`;
  const query = `query ($input: ${type}) { preview(command: { ${command}: $input }) {
    runningPeriod { totalBefore totalAfter } comingPeriods { laterToo periods { invoiceOn totalBefore totalAfter } } } }`;
  const cpuOf = (): number => (1_000 * (processOf(String(api))?.ticks ?? 0)) / TICKS_PER_SECOND;
  const rounds: Measured[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const [cpu, start] = [cpuOf(), performance.now()];
    const seen: { answer?: number } = {};
    const asked = desk.request<Seen>(query, { input }).then(({ preview }) => {
      seen.answer = performance.now() - start;
      return preview.comingPeriods.periods.length;
    });
    let waited = 0;
    while (seen.answer === undefined) {
      const before = performance.now();
      await desk.request("{ __typename }");
      waited = Math.max(waited, performance.now() - before);
    }
    const periods = await asked;
    rounds.push({ answer: seen.answer, cpu: cpuOf() - cpu, waited, periods });
  }
  const middle = (of: (round: Measured) => number): number => rounds.map(of).sort((a, b) => a - b)[TIMES >> 1] ?? 0;
  return {
    answer: middle((round) => round.answer),
    cpu: middle((round) => round.cpu),
    waited: middle((round) => round.waited),
    periods: middle((round) => round.periods),
  };
};

describe("previews", () => {
  it(`of a customer with ${COMMITMENTS} commitments`, { timeout: 1_800_000 }, async () => {
    const made = await world();
    const { stack } = made;
    const { id, desk } = await made.provider("Wide", "2020-07-15T12:00:00.000Z");
    const { api } = await stack.pids();
    const store = createEventStore({ url: stack.eventStoreUrl });
    try {
      for (const count of [1, COMMITMENTS]) {
        const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
        const { customer, account } = signedUp(ids, START);
        await beginStream(store, id, ["customer", ids.customerId], START, [customer]);
        await beginStream(store, id, ["account", ids.accountId], START, [account]);
        const commitmentIds = [ids.commitmentId, ...Array.from({ length: count - 1 }, () => randomUUID())];
        await inFlight(commitmentIds, 32, async (commitmentId) => {
          const { commitment } = signedUp({ ...ids, commitmentId }, START);
          await beginStream(store, id, ["commitment", commitmentId], START, [commitment]);
        });
        const shown = "query ($id: ID!) { commitments(filter: { customerId: $id }) { totalCount } }";
        const isShown = async (): Promise<boolean> =>
          (await desk.request<{ commitments: { totalCount: number } }>(shown, { id: ids.customerId })).commitments
            .totalCount === count;
        while (!(await isShown())) await delay(500);
        for (const [name, [command, input]] of Object.entries(PREVIEWS(ids.customerId, ids.commitmentId))) {
          const { answer, cpu, waited, periods } = await measured(desk, api, command as string, input as object);
          console.log(
            `${count} commitments, ${name}: ${periods} periods after ${answer.toFixed(0)} ms, ${cpu.toFixed(0)} ms of CPU, ` +
              `another request waited ${waited.toFixed(0)} ms at most`,
          );
        }
      }
    } finally {
      await store.close();
    }
  });
});
