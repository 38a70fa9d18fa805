import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProvider } from "#domain/providers/provider.js";
import { NotAtOnePosition, withSnapshot } from "#read-models/exports/snapshot.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id, Journal, PROVIDER } from "#read-models/spec-support/journal.js";
import { project } from "#read-models/spec-support/rows.js";
import { customerCreated, line, numbers, page, sealed } from "#read-models/spec-support/story.js";
import { runExport } from "./run-export.js";

const PAGES = 10;
const ON_A_PAGE = 500;
const DAYS = { from: "2020-08-01", until: "2020-08-31" };
const NOW = "2020-09-01T12:00:00.000Z";

let databases: TestDatabases;
let dataSource: DataSource;

/** An invoice of 5,000 lines. */
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
  const journal = new Journal();
  journal.record(
    "provider",
    PROVIDER,
    createProvider({ providerId: PROVIDER, name: "One", invoiceNumberPrefix: "INV-", now: NOW }),
  );
  journal.record("customer", id("Ann"), [customerCreated("Ann")]);
  const pages = Array.from({ length: PAGES }, (_, index) => {
    const lines = Array.from({ length: ON_A_PAGE }, () => line("turbo"));
    const [recorded] = journal.record("receivables", id("Ann"), [page("long", index + 1, lines)]);
    return { page: index + 1, eventId: recorded?.id ?? "", contentHash: `long ${index + 1}` };
  });
  const total = "75000.00";
  const totals = { lineCount: PAGES * ON_A_PAGE, totalsByKind: { RECURRING: total }, total };
  journal.record("receivables", id("Ann"), [sealed("long", "Ann", pages, totals)]);
  journal.record("register", "invoices", [numbers(1, ["long", "Ann"])]);
  await project(dataSource, journal.events);
});
afterAll(() => databases.stop());

/** Exports into memory. @param append what is done with each part, before the next one is made */
const exported = async (append?: (file: string, text: string) => Promise<void>, signal?: AbortSignal) => {
  const parts: { readonly file: string; readonly rows: number }[] = [];
  const phases = new Set<string>();
  const shown: (readonly [number, number | null])[] = [];
  const summary = await runExport(dataSource, { providerId: PROVIDER, days: DAYS }, NOW, {
    signal: signal ?? new AbortController().signal,
    append: async (file, text) => {
      parts.push({ file: file.split(".")[0] ?? "", rows: text.split("\r\n").length - 1 });
      await append?.(file, text);
    },
    progress: ({ phase, done, total }) => {
      phases.add(phase);
      shown.push([done, total]);
    },
  });
  return { summary, parts, phases: [...phases], shown };
};

describe("an export", () => {
  it("is written a thousand rows at a time, each part after the one before was taken", async () => {
    let taking = 0;
    const { summary, parts, phases, shown } = await exported(async () => {
      taking += 1;
      expect(taking).toBe(1);
      await new Promise((taken) => setImmediate(taken));
      taking -= 1;
    });
    expect(parts.filter(({ file }) => file === "lines").map(({ rows }) => rows)).toEqual([
      ...[1, 1_000, 1_000, 1_000, 1_000, 1_000],
    ]);
    expect(summary.files.map(({ name, rows }) => `${name.split(".")[0] ?? ""} ${rows}`)).toEqual([
      ...["invoices 1", "lines 5000", "credit-notes 0", "payments 0", "statements 3", "discount-ledger 1"],
      ...["penalties-outstanding 0", "revenue 1", "totals 13"],
    ]);
    expect(phases[1]).toBe("writing lines");
    // An invoice with its lines, its movement, two balances and a row of the ledger are foreseen.
    expect([shown[0], shown.at(-1)]).toEqual([
      [0, 5_005],
      [5_019, 5_019],
    ]);
    expect(summary.agreements.filter(({ agrees }) => !agrees)).toEqual([]);
  });

  it("shows one moment, whatever is written meanwhile", async () => {
    let isChanged = false;
    const { summary } = await exported(async () => {
      if (isChanged) return;
      isChanged = true;
      await dataSource.query("UPDATE receivables_movements SET amount = amount + 1");
      await dataSource.query("UPDATE invoice_lines SET net = net + 1 WHERE position = 1");
    });
    expect(summary.agreements.filter(({ agrees }) => !agrees)).toEqual([]);
    // Now they are in it, and differ from what the documents say.
    const { summary: then } = await exported();
    expect(then.agreements.filter(({ agrees }) => !agrees)).toEqual([
      {
        ...{ what: "invoiced", currency: "USD", agrees: false },
        sides: [
          { of: "invoices", amount: "75000.00" },
          { of: "lines", amount: "75001.00" },
          { of: "statements", amount: "75001.00" },
          { of: "revenue", amount: "75000.00" },
        ],
      },
    ]);
  });

  it("stops when it is cancelled", async () => {
    const cancel = new AbortController();
    const reason = new Error("Cancelled");
    const { signal } = cancel;
    await expect(
      exported((file) => {
        if (file.startsWith("lines")) cancel.abort(reason);
        return Promise.resolve();
      }, signal),
    ).rejects.toBe(reason);
  });

  it("is not made of read models at several positions", async () => {
    await dataSource.query("UPDATE projection_checkpoints SET commit = commit - 1 WHERE name = 'billing'");
    await expect(withSnapshot(dataSource, PROVIDER, () => Promise.resolve(), 0)).rejects.toEqual(
      new NotAtOnePosition("billing did not catch up; try again."),
    );
  });
});
