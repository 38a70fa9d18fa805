import { describe, it } from "vitest";
import { createEventStore } from "../libs/event-store/event-store-db.js";
import { client } from "../test/support/graphql.js";
import { signUpMany } from "../test/support/many-customers.js";
import { startStack } from "../test/support/stack.js";

/** `npm run bench`: one month closed by one biller, the next by two, with one process that projects. */
const CUSTOMERS = Number(process.env["BENCH_CUSTOMERS"] ?? "2000");

describe("billers side by side", () => {
  it(`close a month of ${CUSTOMERS} customers`, { timeout: 600_000 }, async () => {
    const stack = await startStack({ apart: true, environment: { TENURE_ROLES: "projector,deliverer" } });
    const store = createEventStore({ url: stack.eventStoreUrl });
    try {
      const provider = (await client(stack.url).mutate("createProvider", { name: "Many" })).id;
      const graphql = client(stack.url, provider);
      await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
      await signUpMany(store, provider, CUSTOMERS, "2021-01-01");
      const seconds: number[] = [];
      for (const month of ["02", "03"]) {
        await stack.startWorker({ TENURE_ROLES: "biller" });
        // Time enough to share out the shards.
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        const start = performance.now();
        await graphql.mutate("advanceTestClock", { to: `2021-${month}-01T12:00:00.000Z` }, "id");
        seconds.push((performance.now() - start) / 1_000);
      }
      const [one = 0, two = 0] = seconds;
      console.log(
        `one biller: ${one.toFixed(2)} s; two: ${two.toFixed(2)} s; two take ${(two / one).toFixed(2)} of the time`,
      );
    } finally {
      await store.close();
      await stack.stop();
    }
  });
});
