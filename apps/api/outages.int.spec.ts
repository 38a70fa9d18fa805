import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

const WAITING = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
const SLOW = "{ customers { totalCount } accounts { totalCount } providers { totalCount } invoices { totalCount } }";

/** Ends every connection to the bench's database but the one that says so. */
const endConnections = (): Promise<unknown> =>
  bench.dataSource.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );

describe("when PostgreSQL ends connections", () => {
  it("what was under way is UNAVAILABLE or answered, and what comes later is answered", async () => {
    const api = await bench.api({});
    const client = new Client(api.url);
    const blocker = bench.dataSource.createQueryRunner();
    await blocker.startTransaction();
    // Queries wait for the lock, so that they are under way when their connections end.
    await blocker.query("LOCK TABLE customers, accounts, providers, invoices IN ACCESS EXCLUSIVE MODE");
    const asked = Array.from({ length: 12 }, () => client.ask(SLOW));
    await expect.poll(() => blocker.query(`SELECT pid ${WAITING}`)).not.toEqual([]);
    await blocker.query(`SELECT pg_terminate_backend(pid) ${WAITING}`);
    await blocker.rollbackTransaction();
    await blocker.release();
    const codes = (await Promise.all(asked)).flatMap(({ errors }) => errors.map(({ extensions: { code } }) => code));
    expect(new Set(codes)).toEqual(new Set(["UNAVAILABLE"]));
    await endConnections();
    // The pool may still hold a connection that it has not seen end.
    await expect.poll(async () => (await client.ask(SLOW)).errors, { timeout: 120_000 }).toEqual([]);
  });
});
