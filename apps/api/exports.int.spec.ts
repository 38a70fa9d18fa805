import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Report } from "#application/audit/job.js";
import { checkSigned, newSigningKey, type SignedDocument, signingWith } from "#application/audit/signing.js";
import { big, format, negated, sum } from "#domain/money.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { parseCsv } from "./spec-support/csv.js";
import { tellFinance } from "./spec-support/finance-story.js";

type Row = Readonly<Record<string, string>>;

let bench: Bench;
let client: Client;
let folder: string;
let zoeId: string;
/** Rows of every file, by its plain name. */
const files = new Map<string, readonly Row[]>();
let report: Report;
let position: string;

const OUT = "export";
const signingKey = newSigningKey();

/** Runs the built command on the bench's database. */
const tenure = (...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> =>
  new Promise((answered) => {
    const env = {
      ...{ ...process.env, DATABASE_URL: bench.databaseUrl, EVENTSTORE_URL: bench.eventStoreUrl },
      TENURE_SIGNING_KEY_FILE: join(folder, "key.pem"),
    };
    execFile(process.execPath, [resolve("dist/apps/cli/main.js"), ...args], { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      // Progress is on the standard error.
      answered({ code, said: (code === 0 ? stdout : stderr).trim() });
    });
  });

const exported = (out: string, from = "2020-08-01", to = "2020-11-30") =>
  tenure("export", "--from", from, "--to", to, "--out", join(folder, out), "--provider", client.providerId ?? "");

beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
  ({ zoeId } = await tellFinance(bench, client));
  folder = await mkdtemp(join(tmpdir(), "tenure-export-"));
  await writeFile(join(folder, "key.pem"), signingKey, { mode: 0o600 });
  const { code, said } = await exported(OUT);
  expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/All totals agree\.$/) as string });
  for (const name of await readdir(join(folder, OUT))) {
    if (name.startsWith("report.")) continue;
    files.set(name.split(".")[0] ?? "", parseCsv(await readFile(join(folder, OUT, name), "utf8")));
  }
  const kept: unknown = JSON.parse(await readFile(join(folder, OUT, "report.json"), "utf8"));
  expect(checkSigned(kept, signingWith(signingKey).publicKey)).toMatchObject({ valid: true });
  report = (kept as SignedDocument<Report>).document;
  position = report.covered.toPosition ?? "";
});
afterAll(async () => {
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

const rows = (file: string): readonly Row[] => files.get(file) ?? [];

/** What a column adds up to, by currency. */
const sums = (of: readonly Row[], column: string): Record<string, string> => {
  const currencies = [...new Set(of.map(({ currency }) => currency ?? ""))].sort();
  return Object.fromEntries(
    currencies.map((currency) => {
      const amounts = of.filter((row) => row["currency"] === currency).map((row) => big(row[column] ?? "0"));
      return [currency, format(sum(amounts), currency)];
    }),
  );
};
const where = (of: readonly Row[], column: string, ...values: readonly string[]): readonly Row[] =>
  of.filter((row) => values.includes(row[column] ?? ""));

/** The same, of sums that a query answered, with the currencies that have none left out. */
const added = (of: readonly BilledSum[], amount: "fee" | "discount" | "net"): Record<string, string> =>
  sums(
    of.map((row) => ({ currency: row.currency, amount: row[amount] })),
    "amount",
  );

interface BilledSum {
  readonly currency: string;
  readonly month: string | null;
  readonly kind: string | null;
  readonly offerName: string | null;
  readonly serviceMonth: string | null;
  readonly document: string | null;
  readonly fee: string;
  readonly discount: string;
  readonly net: string;
}

const billed = async (...by: readonly string[]): Promise<readonly BilledSum[]> => {
  const answer = (await client.query(
    `query ($by: [BilledBy!]!) { billed(by: $by, from: "2020-08-01", until: "2020-11-30") { position
       sums { currency month serviceMonth kind document offerName lines fee discount net } } }`,
    { by },
  )) as { billed: { position: string; sums: BilledSum[] } };
  expect(answer.billed.position).toBe(position);
  return answer.billed.sums;
};

describe("an export", () => {
  it("has every kind of thing in it", () => {
    const kinds = (file: string, column: string) => [...new Set(rows(file).map((row) => row[column]))].sort();
    expect(kinds("lines", "kind")).toEqual([
      ...["ADJUSTMENT", "ONE_TIME", "PENALTY", "PENALTY_WAIVED", "RECURRING", "TRANSFER_FEE"],
    ]);
    expect(kinds("lines", "document")).toEqual(["CREDIT_NOTE", "INVOICE"]);
    expect(kinds("invoices", "state")).toEqual(["PAID", "PARTIALLY_PAID", "VOID", "WRITTEN_OFF"]);
    expect(kinds("credit-notes", "purpose")).toEqual(["GOODWILL", "VOID"]);
    expect(kinds("payments", "kind")).toEqual(["PAYMENT", "REFUND", "REVERSAL"]);
    expect(kinds("statements", "kind")).toEqual([
      ...["CLOSING", "CREDIT_NOTE", "INVOICE", "OPENING", "PAYMENT", "REFUND", "REVERSAL", "WRITE_OFF"],
    ]);
    expect(kinds("revenue", "month")).toEqual(["2020-08", "2020-09", "2020-10", "2020-11"]);
  });

  it("is of one position, which every file names, in its name and in its rows", async () => {
    const [commit = ""] = position.split("/");
    expect(report.files.map(({ name }) => name)).toEqual(
      [
        ...["invoices", "lines", "credit-notes", "payments", "statements", "discount-ledger"],
        ...["penalties-outstanding", "revenue", "totals"],
      ].map((name) => `${name}.2020-08-01.2020-11-30.at-${commit}.csv`),
    );
    for (const { name, bytes, sha256 } of report.files) {
      const plain = name.split(".")[0] ?? "";
      const found = rows(plain);
      expect([name, found.length, new Set(found.map(({ position }) => position))]).toEqual([
        ...[name, report.checked[plain], new Set([position])],
      ]);
      const written = await readFile(join(folder, OUT, name));
      expect([written.length, createHash("sha256").update(written).digest("hex")]).toEqual([bytes, sha256]);
    }
  });

  it("adds up to the same, whichever files are added up", () => {
    const invoiced = sums(rows("invoices"), "total");
    expect(Object.keys(invoiced)).toEqual(["EUR", "USD"]);
    const invoiceLines = where(rows("lines"), "document", "INVOICE");
    expect(sums(invoiceLines, "net")).toEqual(invoiced);
    expect(sums(where(rows("statements"), "kind", "INVOICE"), "amount")).toEqual(invoiced);
    expect(sums(where(rows("revenue"), "document", "INVOICE"), "net")).toEqual(invoiced);

    const { USD: credited = "" } = sums(rows("credit-notes"), "total");
    const { USD: goodwill = "" } = sums(rows("credit-notes"), "goodwill");
    const { USD: ofLines = "" } = sums(where(rows("lines"), "document", "CREDIT_NOTE"), "net");
    expect(format(big(ofLines).plus(big(goodwill)), "USD")).toBe(credited);
    expect(sums(where(rows("statements"), "kind", "CREDIT_NOTE"), "amount")).toEqual({ USD: credited });
    expect(sums(where(rows("revenue"), "document", "CREDIT_NOTE"), "net")).toEqual({ USD: credited });

    const moved = sums(where(rows("statements"), "kind", "PAYMENT", "REVERSAL", "REFUND"), "amount");
    const received = sums(rows("payments"), "amount");
    expect(Object.entries(received).map(([currency, amount]) => [currency, negated(amount, currency)])).toEqual(
      Object.entries(moved),
    );

    const given = sums(rows("discount-ledger"), "given");
    expect(sums(where(rows("lines"), "discount_origin", "COMMITMENT"), "discount")).toEqual(given);
    expect(sums(rows("discount-ledger"), "given_until")).toEqual(given);
    const amounts = rows("discount-ledger").flatMap((row) => [row["given_before"], row["given"]]);
    expect(amounts.filter((amount) => !/^\d+\.\d{2}$/.test(amount ?? ""))).toEqual([]);

    const of = (...kinds: readonly string[]) => where(rows("statements"), "kind", ...kinds);
    const movements = rows("statements").filter(({ amount }) => amount !== "");
    for (const currency of ["EUR", "USD"]) {
      const { [currency]: opening = "0" } = sums(of("OPENING"), "balance");
      const { [currency]: moves = "0" } = sums(movements, "amount");
      expect({ [currency]: sums(of("CLOSING"), "balance")[currency] }).toEqual({
        [currency]: format(big(opening).plus(big(moves)), currency),
      });
    }
  });

  it("says itself what its files add up to, and that they agree", () => {
    const total = (file: string, measure: string, currency: string) =>
      rows("totals").find(
        (row) => row["file"] === file && row["measure"] === measure && row["currency"] === currency,
      )?.["amount"];
    expect(total("invoices", "total", "EUR")).toBe(sums(rows("invoices"), "total")["EUR"]);
    expect(total("revenue", "net of credit notes", "USD")).toBe(sums(rows("credit-notes"), "total")["USD"]);
    const { agreements } = report.details as {
      readonly agreements: readonly { readonly what: string; readonly currency: string; readonly agrees: boolean }[];
    };
    expect(agreements.map(({ what, currency, agrees }) => [currency, what, agrees])).toEqual(
      ["EUR", "USD"].flatMap((currency) =>
        [
          ...["invoiced", "credited", "money received, less what was taken and paid back"],
          ...["discounts of commitments", "owed by customers when the days end"],
        ].map((what) => [currency, what, true]),
      ),
    );
  });

  it("says what invoices and statements say", async () => {
    const shown = (await client.query(
      `query ($id: ID!) {
         invoices(first: 100) { edges { node { number total openAmount lineCount customer { id } } } }
         customer(id: $id) { statement(from: "2020-08-01") { opening closing
           movements { on kind reference amount balance } } }
       }`,
      { id: zoeId },
    )) as {
      invoices: { edges: { node: Record<string, unknown> & { customer: { id: string } } }[] };
      customer: { statement: { opening: string; closing: string; movements: Row[] } };
    };
    expect(
      rows("invoices").map(({ number, total, open, lines, customer_id }) => [number, total, open, lines, customer_id]),
    ).toEqual(
      shown.invoices.edges.map(({ node }) => [
        ...[node["number"], node["total"], node["openAmount"], String(node["lineCount"]), node.customer.id],
      ]),
    );
    const { opening, closing, movements } = shown.customer.statement;
    const own = where(rows("statements"), "customer_id", zoeId);
    expect(own.map(({ on, kind, reference, amount, balance }) => [on, kind, reference, amount, balance])).toEqual([
      ["2020-08-01", "OPENING", "", "", opening],
      ...movements.map(({ on, kind, reference, amount, balance }) => [
        ...[on, kind, reference === "=1+1" ? "'=1+1" : reference, amount, balance],
      ]),
      ["2020-11-30", "CLOSING", "", "", closing],
    ]);
  });

  it("leaves nothing in a text for a spreadsheet to compute, and amounts as they are", () => {
    const texts = new Set([...files.values()].flat().flatMap((row) => Object.values(row)));
    for (const text of [
      ...['\'=HYPERLINK("http://example.org","Doe")', "'+Fibre home", "'-Router", "'@Fibre", "'=1+1"],
      ...["'+390212345678", "'@second", "'-Wrong address"],
    ]) {
      expect(texts).toContain(text);
    }
    const formulas = [...texts].filter((text) => /^[=+@\t\r-]/.test(text));
    expect(formulas.length).toBeGreaterThan(0);
    for (const text of formulas) expect(text).toMatch(/^-\d+\.\d\d$/);
  });
});

describe("what was billed", () => {
  it("adds up to the files, by kind and month of issue", async () => {
    const byKind = await billed("KIND", "MONTH");
    const shown = byKind.map(({ currency, month, kind, net }) => [currency, month?.slice(0, 7), kind, net].join(" "));
    const revenue = new Map<string, Row[]>();
    for (const row of rows("revenue")) {
      const key = [row["currency"], row["month"], row["kind"]].join(" ");
      revenue.set(key, [...(revenue.get(key) ?? []), row]);
    }
    expect(shown).toEqual(
      [...revenue].map(([key, own]) => `${key} ${Object.values(sums(own, "net"))[0] ?? ""}`).sort(),
    );
    expect(added(byKind, "discount")).toEqual(sums(rows("lines"), "discount"));
  });

  it("is the same in sum, whatever it is told apart by", async () => {
    const whole = await billed();
    const invoiced = sums(rows("invoices"), "total");
    const credited = sums(rows("credit-notes"), "total");
    expect(added(whole, "net")).toEqual({
      EUR: invoiced["EUR"],
      USD: format(big(invoiced["USD"] ?? "").plus(big(credited["USD"] ?? "")), "USD"),
    });
    for (const by of [["SERVICE_MONTH"], ["OFFER"], ["CUSTOMER"], ["DOCUMENT"], ["KIND", "SERVICE_MONTH", "OFFER"]]) {
      const apart = await billed(...by);
      expect([by, ...(["fee", "discount", "net"] as const).map((amount) => added(apart, amount))]).toEqual([
        ...[by, added(whole, "fee"), added(whole, "discount"), added(whole, "net")],
      ]);
    }
  });

  it("goes by the offer whose terms the row is of, as the lines say", async () => {
    const byOffer = (await billed("OFFER")).filter(({ offerName }) => offerName !== null);
    const lines = new Map<string, Row[]>();
    for (const row of rows("lines")) {
      const key = `${row["currency"] ?? ""} ${row["offer"] ?? ""}`.replace(" '", " ");
      lines.set(key, [...(lines.get(key) ?? []), row]);
    }
    expect(byOffer.map(({ currency, offerName, net }) => [`${currency} ${offerName ?? ""}`, net])).toEqual(
      [...lines].map(([key, own]) => [key, Object.values(sums(own, "net"))[0]]).sort(),
    );
    expect([...lines.keys()].sort()).toEqual(["EUR +Fibre home", "EUR Fibre office", "USD Turbo 1 GB"]);
  });

  it("is spread over the days of lines with days in two months", async () => {
    // Two of 31.00 - 10.00: 13 of 31 days until September 14, and of the next 30 days the 16 in September.
    const months = (await billed("SERVICE_MONTH", "KIND"))
      .filter(({ currency, kind }) => currency === "EUR" && kind === "RECURRING")
      .map(({ serviceMonth, net }) => `${serviceMonth ?? ""} ${net}`);
    expect(months.map((each) => each.slice(0, 7))).toEqual(["2020-09", "2020-10", "2020-11"]);
    expect(months[0]).toBe("2020-09-01 40.02");
  });

  it("is for finance: others, and days the wrong way round, are refused", async () => {
    const asked = `{ billed(by: [KIND], from: "2020-08-02", until: "2020-08-01") { position } }`;
    const { errors } = await client.ask(asked);
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([{ code: "INVALID_DATE", field: "from" }]);
  });
});

describe("penalties outstanding", () => {
  it("are what each running commitment would cost today, and add up", async () => {
    const shown = (await client.query(`{
      penaltiesOutstanding { position sums { currency commitments early penalty } }
      customers(first: 50) { edges { node { unbilled { currency commitments {
        commitment { id discountEndDate } penaltyIfLeftToday } } } } }
    }`)) as {
      penaltiesOutstanding: { position: string; sums: { currency: string; commitments: number; penalty: string }[] };
      customers: {
        edges: {
          node: {
            unbilled: {
              currency: string;
              commitments: { commitment: { id: string; discountEndDate: string }; penaltyIfLeftToday: string }[];
            };
          };
        }[];
      };
    };
    const own = rows("penalties-outstanding");
    const costs = shown.customers.edges.flatMap(({ node: { unbilled } }) =>
      unbilled.commitments.map(({ commitment, penaltyIfLeftToday }) =>
        [unbilled.currency, commitment.id, commitment.discountEndDate, penaltyIfLeftToday].join(" "),
      ),
    );
    expect(
      own.map((row) => [row["currency"], row["commitment_id"], row["discount_end"], row["penalty"]].join(" ")).sort(),
    ).toEqual(costs.sort());
    expect(own.length).toBeGreaterThan(2);
    const { sums: bySum } = shown.penaltiesOutstanding;
    expect(shown.penaltiesOutstanding.position).toBe(position);
    expect(Object.fromEntries(bySum.map(({ currency, penalty }) => [currency, penalty]))).toEqual(sums(own, "penalty"));
    expect(bySum.map(({ currency, commitments }) => [currency, commitments])).toEqual(
      bySum.map(({ currency }) => [currency, where(own, "currency", currency).length]),
    );
  });
});

describe("tenure export", () => {
  it("writes headers alone where there is nothing, and nothing into a folder that is not empty", async () => {
    const { code } = await exported("nothing", "2019-01-01", "2019-01-31");
    expect(code).toBe(0);
    const names = await readdir(join(folder, "nothing"));
    const empty = await readFile(
      join(folder, "nothing", names.find((name) => name.startsWith("invoices")) ?? ""),
      "utf8",
    );
    expect(empty).toMatch(/^number,issued_on,[a-z_,]+,position\r\n$/);
    const again = await exported("nothing");
    expect(again).toEqual({ code: 2, said: expect.stringMatching(/nothing is not empty\./) as string });
    expect(await readdir(join(folder, "nothing"))).toEqual(names);
  });

  it("says what it cannot do", async () => {
    const nobody = "00000000-0000-4000-8000-000000000000";
    const days = ["--from", "2020-08-01", "--to", "2020-08-31", "--out", join(folder, "wrong")];
    expect(await tenure("export", ...days, "--provider", nobody)).toEqual({
      code: 2,
      said: "There is no such provider.",
    });
    expect(await readdir(folder)).not.toContain("wrong");
  });
});
