import { afterAll, beforeAll, expect, it } from "vitest";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type ClosedPeriod, listClosedPeriods } from "#read-models/billing/closed-periods.js";
import { type BillingEvent, billingCategories } from "#read-models/billing/fold.js";
import { billingProjection } from "#read-models/billing/projection.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { LOCAL } from "#application/spec-support/memory-session.js";
import { openDatabases, type TestDatabases } from "../../libs/read-models/spec-support/database.js";
import { playInMemory } from "./engine/play.js";
import { ENGINE } from "./generate/capabilities.js";
import { generateStory } from "./generate.js";

/** Stories with late events in them, and how many events each batch of their logs has. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const BATCH = 7;
const SCOPE = wholeProvider(LOCAL.providerId);

let databases: TestDatabases;
beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

const isBilling = (event: RecordedEvent): event is BillingEvent =>
  billingCategories.some((category) => isOf(event, category));

const batchesOf = async (seed: number): Promise<BillingEvent[][]> => {
  const { world } = await playInMemory(generateStory(seed, ENGINE));
  const events = (world.session.store.log as readonly RecordedEvent[]).filter(isBilling);
  return Array.from({ length: Math.ceil(events.length / BATCH) }, (_, index) =>
    events.slice(index * BATCH, (index + 1) * BATCH),
  );
};

it("finds, among the customers noted, every period that has moved", { timeout: 600_000 }, async () => {
  let count = 0;
  for (const seed of SEEDS) {
    const dataSource = await databases.migrated();
    const periods = async (filter: { readonly moved?: boolean }): Promise<readonly ClosedPeriod[]> => {
      const found: ClosedPeriod[] = [];
      for (let after: string | undefined; ;) {
        const page = await listClosedPeriods(dataSource, SCOPE, filter, { first: 200, ...(after && { after }) });
        found.push(...page.rows);
        if (!(await page.hasNextPage())) return found;
        after = page.endCursor ?? undefined;
      }
    };
    for (const batch of await batchesOf(seed)) {
      await dataSource.transaction((manager) => billingProjection.apply(manager, batch));
      const moved = (await periods({})).filter((period) => period.moved.length > 0);
      expect(await periods({ moved: true })).toEqual(moved);
      count += moved.length;
    }
    const [row] = await dataSource.query<{ noted: string }[]>("SELECT count(*) AS noted FROM billing_moved");
    if ((await periods({ moved: true })).length === 0) expect(row).toEqual({ noted: "0" });
    await databases.closePools();
  }
  // Otherwise the stories would show nothing.
  expect(count).toBeGreaterThan(20);
});
