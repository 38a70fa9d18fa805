import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "../../api/spec-support/bench.js";
import { type Client } from "../../api/spec-support/client.js";
import { doDaysWork } from "../../api/spec-support/days-work.js";
import { OPERATOR_TOKEN } from "../../api/spec-support/said-callers.js";
import { type Answer, tenure } from "../spec-support/tenure.js";

/** The account of the customer that is billed, and one of another customer. */
const [PHONE, OTHER] = ["12012555215", "12012555999"];

let bench: Bench;
let folder: string;
let client: Client;
let customerId: string;
let otherId: string;
let file: string;
beforeAll(async () => {
  bench = await startBench();
  folder = await mkdtemp(join(tmpdir(), "tenure-payments-"));
});
afterAll(async () => {
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});
/** July from the 15th is billed with 8.23 on August 1st, as INV-000001; today is August 5th. */
beforeEach(async () => {
  client = await bench.provider("2020-07-15T12:00:00Z");
  const story = await tellStory(client, PHONE);
  ({ customerId } = story);
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
  otherId = (await client.run("createCustomer", { contact: { name: "Jane Roe" }, currency: "USD" })).id;
  const other = { customerId: otherId, identifier: OTHER, mainProductId: story.mainProductId };
  await client.run("openAccount", other);
  await bench.advance(client, "2020-08-05T12:00:00Z");
  await doDaysWork(bench, client, "2020-08-05T12:00:00.000Z");
  file = join(folder, `${client.providerId ?? ""}.csv`);
});

/** Runs `tenure payments`; in what it writes the file has a name of its own. */
const payments = async (...args: string[]): Promise<Answer> => {
  const { code, out, err } = await tenure("payments", ...args);
  return { code, out: out.replaceAll(file, "FILE"), err: err.replaceAll(file, "FILE") };
};
const importFile = (...options: string[]) =>
  payments(
    "import",
    file,
    "--url",
    bench.url,
    "--token",
    OPERATOR_TOKEN,
    "--provider",
    client.providerId ?? "",
    ...options,
  );
const write = (...lines: string[]) => writeFile(file, lines.map((line) => `${line}\n`).join(""));

/** All payments, the first recorded first: reference, customer, amount, day, invoice. */
const recorded = async (): Promise<string[]> => {
  const { payments } = (await client.query(
    "{ payments(first: 200) { edges { node { reference amount valueOn customer { id } invoice { number } note } } } }",
  )) as {
    payments: {
      edges: {
        node: {
          readonly reference: string;
          readonly amount: string;
          readonly valueOn: string;
          readonly customer: { readonly id: string };
          readonly invoice: { readonly number: string } | null;
          readonly note: string | null;
        };
      }[];
    };
  };
  return payments.edges.map(({ node: { reference, amount, valueOn, customer, invoice, note } }) => {
    const whose = customer.id === customerId ? "John" : "Jane";
    return [reference, whose, amount, valueOn, invoice?.number ?? "-", ...(note === null ? [] : [note])].join(" ");
  });
};

describe("tenure payments import", () => {
  it("records what names an invoice or a customer, puts the rest aside, and changes nothing the second time", async () => {
    await write(
      "reference,date,amount,currency,invoice,customer,note",
      `A-1,2020-08-03,8.23,USD,INV-000001,,July`,
      `A-2,2020-08-04,10,,,${OTHER},`,
      `A-3,2020-08-04,5.5,usd,,${otherId.toUpperCase()},`,
      `A-4,2020-08-04,5.00,,INV-000009,${OTHER},`,
      `A-5,2020-08-04,5.00,,INV-000001,${OTHER},`,
      `A-6,2020-08-04,5.00,,,Jane Roe,`,
      `A-7,2020-08-04,5.00,,,,`,
      `,2020-08-04,5.00,,,${OTHER},cash`,
      `A-8,2020-08-04,-5.00,,,${OTHER},`,
      `A-9,2020-08-04,5.00,EUR,,${OTHER},`,
      `A-10,2020-08-06,5.00,,,${OTHER},`,
      `A-11,2020-08-04,5.001,,,${OTHER},`,
    );
    const listed = [
      "Line  Reference  Date        Amount  Put aside because",
      "5     A-4        2020-08-04    5.00  There is no invoice INV-000009.",
      `6     A-5        2020-08-04    5.00  The invoice INV-000001 is not one of the customer ${OTHER}.`,
      "7     A-6        2020-08-04    5.00  There is no customer or account Jane Roe.",
      "8     A-7        2020-08-04    5.00  It names neither an invoice nor a customer.",
      "9                2020-08-04    5.00  It has no reference.",
      "10    A-8        2020-08-04   -5.00  It is no money that came in.",
      "11    A-9        2020-08-04    5.00  The customer pays in USD, not in EUR.",
      "12    A-10       2020-08-06    5.00  2020-08-06 is in the future: today is 2020-08-05 for this customer.",
      "13    A-11       2020-08-04   5.001  5.001 is finer than USD allows: 2 decimal places.",
      "",
    ];
    const tried = await importFile("--dry-run");
    expect(tried.out.split("\n").at(-1)).toBe("3 payments would be recorded, 9 put aside.");
    expect(tried).toMatchObject({ code: 1, err: "" });
    await expect(stat(`${file}.aside.csv`)).rejects.toThrow("ENOENT");
    expect(await recorded()).toEqual([]);

    const done = await importFile();
    expect(done.out.split("\n").slice(0, -1)).toEqual(listed);
    expect(done.out.split("\n").slice(0, -1)).toEqual(tried.out.split("\n").slice(0, -1));
    expect(done.out.split("\n").at(-1)).toBe("3 payments recorded, 9 put aside in FILE.aside.csv.");
    const payments = [
      "A-3 Jane 5.50 2020-08-04 -",
      "A-2 Jane 10.00 2020-08-04 -",
      "A-1 John 8.23 2020-08-03 INV-000001 July",
    ];
    expect((await recorded()).sort()).toEqual([...payments].sort());
    const aside = await readFile(`${file}.aside.csv`, "utf8");
    expect(aside.split("\n").slice(0, 2)).toEqual([
      "reference,date,amount,currency,invoice,customer,note,Put aside because",
      `A-4,2020-08-04,5.00,,INV-000009,${OTHER},,There is no invoice INV-000009.`,
    ]);
    expect(aside.split("\n")).toHaveLength(11);

    const again = await importFile();
    expect(again.out.split("\n").at(-1)).toBe("0 payments recorded, 3 known already, 9 put aside in FILE.aside.csv.");
    expect(await readFile(`${file}.aside.csv`, "utf8")).toBe(aside);
    expect(await recorded()).toHaveLength(3);
  });

  it("imports rows that were put aside once they are corrected, by their file", async () => {
    await write("reference,date,amount,invoice", "A-1,2020-08-03,8.23,INV-1", "A-2,2020-08-03,1.00,INV-2");
    await importFile();
    const aside = `${file}.aside.csv`;
    await writeFile(file, (await readFile(aside, "utf8")).replace("INV-1", "INV-000001"));
    expect((await importFile()).out.split("\n").at(-1)).toBe("1 payment recorded, 1 put aside in FILE.aside.csv.");
    expect(await readFile(aside, "utf8")).toBe(
      "reference,date,amount,invoice,Put aside because\nA-2,2020-08-03,1.00,INV-2,There is no invoice INV-2.\n",
    );
    expect(await recorded()).toEqual(["A-1 John 8.23 2020-08-03 INV-000001"]);
  });

  it("reads the example of the documentation: semicolons, decimal commas, a text before the columns, quoted fields", async () => {
    await copyFile(resolve("docs/examples/bank.csv"), file);
    const columns = ["--date", "Buchungstag", "--amount", "Betrag", "--currency", "Währung", "--reference", "Referenz"];
    const more = ["--invoice", "Rechnung", "--customer", "Kunde", "--note", "Verwendungszweck"];
    const layout = ["--delimiter", ";", "--decimal", "comma", "--date-format", "dd.MM.yyyy", "--skip", "2"];
    const found = await importFile(...columns, ...more, ...layout);
    expect(found).toEqual({
      code: 1,
      err: "",
      out: [
        "Line  Reference     Date        Amount  Put aside because",
        "6     2020-08-04/1  2020-08-04   20.00  It names neither an invoice nor a customer.",
        "8     2020-08-04/2  2020-08-04   -5.00  It is no money that came in.",
        "9                   2020-08-04   15.00  It has no reference.",
        "",
        "2 payments recorded, 3 put aside in FILE.aside.csv.",
      ].join("\n"),
    });
    expect((await recorded()).sort()).toEqual([
      '2020-08-03/1 John 8.23 2020-08-03 INV-000001 Rechnung INV-000001, "danke"',
      "2020-08-03/2 John 1234.50 2020-08-03 - Guthaben",
    ]);
    expect(await readFile(`${file}.aside.csv`, "utf8")).toBe(
      [
        "Buchungstag;Betrag;Währung;Referenz;Rechnung;Kunde;Verwendungszweck;Put aside because",
        '04.08.2020;20,00;USD;2020-08-04/1;;;"Überweisung\nohne Kundennummer";It names neither an invoice nor a customer.',
        `04.08.2020;-5,00;USD;2020-08-04/2;;${PHONE};Kontogebühr;It is no money that came in.`,
        `04.08.2020;15,00;USD;;;${PHONE};Einzahlung bar;It has no reference.`,
        "",
      ].join("\n"),
    );
  });

  it("reads files with a byte order mark, with CRLF, and of another encoding", async () => {
    await writeFile(file, `\ufeffReference,Date,Amount,Customer\r\n"A-1",2020-08-03,"1.00",${PHONE}\r\n\r\n`);
    expect((await importFile()).out).toBe("1 payment recorded.");
    await writeFile(
      file,
      Buffer.from(`reference\tdate\tamount\tcustomer\tWährung\nA-2\t2020-08-03\t1.00\t${PHONE}\tUSD\n`, "latin1"),
    );
    const layout = ["--delimiter", "tab", "--currency", "währung"];
    expect(await importFile(...layout)).toEqual({
      ...{ code: 2, out: "" },
      err: "FILE is not written in utf-8: --encoding names another one, such as windows-1252.\nNothing was imported.",
    });
    expect((await importFile(...layout, "--encoding", "windows-1252")).out).toBe("1 payment recorded.");
  });

  it("takes a reference for one payment: the same row again is known, another with it is put aside", async () => {
    await client.run("recordPayment", { customerId, amount: "3.00", reference: "B-1", valueOn: "2020-08-01" });
    await client.run("recordPayment", { customerId, amount: "4.00", reference: "B-2", valueOn: "2020-08-01" });
    await write(
      "reference,date,amount,customer",
      `B-1,2020-08-01,3.0,${OTHER}`,
      `B-2,2020-08-02,4.00,${PHONE}`,
      `B-3,2020-08-02,5.00,${PHONE}`,
      `B-3,2020-08-02,5,${PHONE}`,
      `B-4,2020-08-02,5.00,${PHONE}`,
      `B-4,2020-08-02,6.00,${PHONE}`,
    );
    const { code, out } = await importFile("--json");
    expect(code).toBe(1);
    const lines = out.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      lines.map(({ line, outcome, reason = "" }) => `${String(line)} ${String(outcome)} ${String(reason)}`.trim()),
    ).toEqual([
      "2 KNOWN",
      "3 ASIDE Its reference is that of another payment, of 4.00 USD on 2020-08-01.",
      "4 RECORDED",
      "5 KNOWN",
      "6 ASIDE Several rows have its reference, with other values.",
      "7 ASIDE Several rows have its reference, with other values.",
    ]);
    expect(lines[2]).toEqual({
      ...{ line: 4, reference: "B-3", on: "2020-08-02", amount: "5.00", currency: null, invoice: null },
      ...{ customer: PHONE, outcome: "RECORDED", customerId, invoiceId: null },
    });
  });

  it("refuses a file whole, with its lines, when a value cannot be read", async () => {
    await write(
      "reference,date,amount,customer",
      `A-1,2020-08-03,1.00,${PHONE}`,
      `A-2,03.08.2020,1.00,${PHONE}`,
      `A-3,2020-08-03,"1,00",${PHONE}`,
      `A-4,,1.00,${PHONE}`,
    );
    expect(await importFile()).toEqual({
      ...{ code: 2, out: "" },
      err: [
        'FILE:3: date "03.08.2020" is not a day written as yyyy-MM-dd.',
        'FILE:4: amount "1,00" is not an amount with a decimal point.',
        "FILE:5: date is empty.",
        "Nothing was imported.",
      ].join("\n"),
    });
    expect(await recorded()).toEqual([]);
  });

  it.each([
    [["a,b"], 'FILE:1: there is no column "reference"; --reference names another one.'],
    [
      ["reference,date,amount"],
      "FILE:1: there is no column for the invoice or the customer; --invoice or --customer names one.",
    ],
    [["reference,date,amount,invoice,Amount"], 'FILE:1: there are several columns "amount".'],
    [["reference,date,amount,invoice", "A-1,2020-08-03"], "FILE:2: Invalid Record Length: expect 4, got 2."],
    [
      ["reference,date,amount,invoice", 'A-1,2020-08-03,"1.00,INV-1'],
      "FILE:2: Quote Not Closed: the parsing is finished with an opening quote.",
    ],
    [[], "FILE is empty."],
  ])("refuses the file %j", async (lines, sentence) => {
    await write(...lines);
    const { code, out, err } = await importFile();
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.split("\n")).toContain(sentence);
    expect(err.split("\n").at(-1)).toBe("Nothing was imported.");
  });

  it.each([
    [[], "Name an action: import."],
    [["export"], 'There is no action "export": name import.'],
    [["import"], "Name one file."],
    [["import", "a", "b"], "Name one file."],
    [["import", "a", "--decimal", "dot"], '--decimal must be point or comma, not "dot".'],
    [["import", "a", "--delimiter", ";;"], '--delimiter must be one character, or tab, not ";;".'],
    [["import", "a", "--encoding", "x"], '--encoding "x" is not known: utf-8 and windows-1252, for example, are.'],
    [["import", "a", "--skip", "x"], '--skip must be a whole number from 0 to 9999, not "x".'],
    [["import", "a", "--all-in", "USD", "--currency", "c"], "--all-in and --currency do not go together."],
    [
      ["import", "a", "--method", "gold"],
      '--method must be one of BANK_TRANSFER, DIRECT_DEBIT, CARD, CASH, CHEQUE, OTHER, not "gold".',
    ],
  ])("refuses %j", async (args, sentence) => {
    expect(await payments(...args)).toEqual({ code: 2, out: "", err: `${sentence} --help shows the options.` });
  });

  it("says where it stopped when the server goes away, and goes on from there the next time", async () => {
    await write(
      "reference,date,amount,customer",
      `A-1,2020-08-03,1.00,${PHONE}`,
      `A-2,2020-08-03,1.00,${PHONE}`,
      `A-3,2020-08-03,1.00,${PHONE}`,
    );
    const relay = createServer((request, response) => {
      void text(request).then(async (body) => {
        if (body.includes("A-2")) return request.socket.destroy();
        const headers = { "content-type": "application/json", ...client.headers };
        const answer = await fetch(bench.url, { method: "POST", headers, body });
        return response.end(await answer.text());
      });
    });
    await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
    const { port } = relay.address() as AddressInfo;
    const stopped = await payments("import", file, "--url", `http://127.0.0.1:${port}`);
    relay.close();
    expect({ ...stopped, err: stopped.err.split("\n")[0] }).toEqual({
      ...{ code: 2, out: "", err: "Stopped before line 3. Import the file again: what is recorded stays." },
    });
    expect((await importFile()).out).toBe("2 payments recorded, 1 known already.");
  });

  it("says that no server answers, and what is no format of dates", async () => {
    await write("reference,date,amount,customer", `A-1,2020-08-03,1.00,${PHONE}`);
    const answer = await payments("import", file, "--url", "http://127.0.0.1:1");
    expect(answer).toMatchObject({ code: 2, out: "" });
    expect(answer.err).toContain("http://127.0.0.1:1/graphql cannot be reached");
    expect((await importFile("--date-format", "DD.MM.YYYY")).err).toBe(
      '--date-format "DD.MM.YYYY" is not one such as dd.MM.yyyy or MM/dd/yy.\nNothing was imported.',
    );
    expect((await payments("--help")).out).toContain("Usage: tenure payments import [options] FILE");
  });
});
