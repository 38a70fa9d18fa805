import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../../apps/cli/client.js";
import { type Running, readRunning } from "../../apps/cli/running.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";

/** `npm start -- --demo` as a newcomer runs it, killed on its way, and started again. */

let home: string;
let folder: string;
const starts: Start[] = [];
const FAKES = { FAKE_ZENDESK_PORT: "0", FAKE_ODOO_PORT: "0" };

interface Start {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
}

const start = (...options: string[]): Start => {
  const program = resolve("dist/apps/cli/main.js");
  const child = spawn(process.execPath, [program, "start", ...options], {
    env: { ...withoutTenure(process.env), TENURE_PORT: "0", TENURE_EVENTSTORE_PORT: "0", ...FAKES, NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => (output += data.toString()));
  }
  const exit = new Promise<number | null>((done) => child.once("close", done));
  const started = { child, output: () => output, exit };
  starts.push(started);
  return started;
};

/** Variables of the developer's shell must not affect tests. */
const withoutTenure = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(TENURE|SMTP|ODOO|ZENDESK|FAKE|EVENTSTORE|DATABASE)_/.test(name)),
  );

const ready = async ({ child, output }: Start): Promise<Running> => {
  for (;;) {
    const running = await readRunning(folder);
    if (running !== undefined && running.pid === child.pid) return running;
    if (child.exitCode !== null) throw new Error(`It ended:\n${output()}`);
    await delay(20);
  }
};

const stop = async ({ child, exit }: Start): Promise<void> => {
  child.kill("SIGTERM");
  await exit;
};

const clientOf = ({ url, token }: Running): Client => new Client({ url, token }, new AbortController().signal);

const daysOver = async (): Promise<number> => {
  try {
    return (JSON.parse(await readFile(join(folder, "demo.json"), "utf8")) as { days: number }).days;
  } catch {
    return 0;
  }
};

const CUSTOMERS = `{ customers(first: 50, sort: { by: NAME }) { edges { node {
  contact { name } status currency balance balanceDue
  invoices(first: 0) { totalCount } payments(first: 0) { totalCount } creditNotes(first: 0) { totalCount } people { totalCount }
  commitments { edges { node { offer { name } status } } }
} } } }`;

interface Counted {
  readonly totalCount: number;
}
interface Customers {
  readonly customers: {
    readonly edges: readonly {
      readonly node: {
        readonly contact: { readonly name: string };
        readonly status: string;
        readonly currency: string;
        readonly balance: string;
        readonly balanceDue: string;
        readonly invoices: Counted;
        readonly payments: Counted;
        readonly creditNotes: Counted;
        readonly people: Counted;
        readonly commitments: {
          readonly edges: readonly {
            readonly node: { readonly offer: { readonly name: string }; readonly status: string };
          }[];
        };
      };
    }[];
  };
}

/** A line for each customer: what it owes and has unused, counts, and what it holds. */
const customersOf = async (client: Client): Promise<string[]> => {
  const { customers } = await client.query<Customers>(CUSTOMERS);
  return customers.edges.map(({ node }) => {
    const held = node.commitments.edges.map((edge) => `${edge.node.offer.name} ${edge.node.status}`).sort();
    const counts = `${node.invoices.totalCount} invoices, ${node.payments.totalCount} payments, ${node.creditNotes.totalCount} credit notes, people: ${node.people.totalCount}`;
    return `${node.contact.name} ${node.status}: due ${node.balanceDue}, unused ${node.balance} ${node.currency}; ${counts}; ${held.join(", ")}`;
  });
};

const OTHERS = `{
  provider { name clock { now } }
  all: invoices(first: 0) { totalCount }
  void: invoices(first: 0, filter: { state: VOID }) { totalCount }
  writtenOff: invoices(first: 0, filter: { state: WRITTEN_OFF }) { totalCount }
  overdue: invoices(first: 0, filter: { state: OVERDUE }) { totalCount }
  partly: invoices(first: 0, filter: { state: PARTIALLY_PAID }) { totalCount }
  paid: invoices(first: 0, filter: { state: PAID }) { totalCount }
  mails: deliveries(first: 0, filter: { target: EMAIL }) { totalCount }
  signals: deliveries(first: 0, filter: { target: ODOO }) { totalCount }
  parked: deliveries(first: 50, filter: { status: PARKED }) { edges { node { kind status } } }
  pending: deliveries(first: 0, filter: { status: PENDING }) { totalCount }
}`;

/** What a fake says of itself, by the address that the terminal shows. */
const askFake = async <Answer>({ output }: Start, name: string, path: string): Promise<Answer> => {
  const url = new RegExp(`Fake ${name} +(http://\\S+)`).exec(output())?.[1] ?? "";
  return (await (await fetch(`${url}/_fake/${path}`)).json()) as Answer;
};

interface Zendesk {
  readonly organizations: readonly { readonly name: string }[];
  readonly users: readonly { readonly name: string; readonly email: string | null }[];
  readonly tickets: readonly { readonly subject: string }[];
}

interface Odoo {
  readonly signals: readonly { readonly id: string; readonly type: string }[];
}

/** What the fakes hold; addresses of their own have other ports at each start. */
const outside = async (started: Start) => {
  const { organizations, users, tickets } = await askFake<Zendesk>(started, "Zendesk", "state");
  const { signals } = await askFake<Odoo>(started, "Odoo", "signals");
  return {
    organizations: organizations.map(({ name }) => name).sort(),
    users: users.map(({ name, email }) => `${name} ${email ?? ""}`).sort(),
    tickets: tickets.map(({ subject }) => subject).sort(),
    signals: signals.map(({ id, type }) => `${type} ${id}`).sort(),
  };
};

const tailOf = async ({ eventStoreUrl }: Running) => {
  const store = createEventStore({ url: eventStoreUrl });
  try {
    return await store.tail();
  } finally {
    await store.close();
  }
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "tenure-demo-"));
  folder = join(home, "demo");
});

afterAll(async () => {
  for (const started of starts) await stop(started);
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

describe("npm start -- --demo", () => {
  let before: { tail: unknown; customers: string[]; others: unknown; mails: string[]; told: unknown };

  it("goes on where it was killed, and shows a provider full of life", async () => {
    const first = start("--demo", "--data", folder);
    while ((await daysOver()) < 9) {
      if (first.child.exitCode !== null) throw new Error(first.output());
      await delay(20);
    }
    first.child.kill("SIGKILL");
    await first.exit;
    const second = start("--demo", "--data", folder);
    const running = await ready(second);
    const client = clientOf(running);
    expect(second.output()).toContain("Going on with the demo.");
    const customers = await customersOf(client);
    expect(customers).toEqual([
      "ABC company ACTIVE: due 119.26, unused 0.00 USD; 24 invoices, 24 payments, 0 credit notes, people: 2; Fibre for offices ACTIVE, Fibre for offices ACTIVE, Unlimited calls ACTIVE",
      "Anna Kowalski ACTIVE: due 0.00, unused 0.00 USD; 23 invoices, 23 payments, 3 credit notes, people: 0; Turbo with a TV set ACTIVE",
      "Emily Brown ACTIVE: due 42.30, unused 0.00 USD; 16 invoices, 14 payments, 0 credit notes, people: 0; A year of Internet 200 ACTIVE, IPTV ACTIVE",
      "Green Valley School SUSPENDED: due 0.00, unused 0.00 USD; 10 invoices, 10 payments, 0 credit notes, people: 0; Fibre for offices ACTIVE",
      "Hotel Lago ACTIVE: due 74.00, unused 0.00 EUR; 7 invoices, 6 payments, 0 credit notes, people: 0; Fibra 1 Giga ACTIVE",
      "John Doe ACTIVE: due 0.00, unused 0.00 USD; 23 invoices, 23 payments, 0 credit notes, people: 1; IPTV PAUSED, Turbo with a TV set ACTIVE",
      "Linda Wilson ACTIVE: due 0.00, unused 0.00 USD; 6 invoices, 6 payments, 0 credit notes, people: 0; A year of Internet 200 ACTIVE",
      "Maria Rossi ACTIVE: due 0.00, unused 0.00 EUR; 20 invoices, 20 payments, 0 credit notes, people: 0; Fibra 1 Giga ACTIVE",
      "Peter Novak SUSPENDED: due 58.67, unused 0.00 USD; 19 invoices, 16 payments, 0 credit notes, people: 0; Turbo with a TV set ACTIVE",
      "Robert Wilson ACTIVE: due -20.80, unused 20.80 USD; 16 invoices, 16 payments, 0 credit notes, people: 0; ",
      "Susan Clark CLOSED: due 0.00, unused 0.00 USD; 11 invoices, 11 payments, 0 credit notes, people: 0; Turbo with a TV set TERMINATED",
      "Tom Baker ACTIVE: due 0.00, unused 0.00 USD; 0 invoices, 0 payments, 0 credit notes, people: 0; IPTV PENDING, Turbo with a TV set PENDING",
    ]);
    const others = await client.query(OTHERS);
    expect(others).toEqual({
      provider: { name: "Northern Telecom", clock: { now: "2026-10-20T12:00:00.000Z" } },
      all: { totalCount: 175 },
      void: { totalCount: 1 },
      writtenOff: { totalCount: 1 },
      overdue: { totalCount: 5 },
      partly: { totalCount: 1 },
      paid: { totalCount: 166 },
      mails: { totalCount: 379 },
      signals: { totalCount: 186 },
      parked: { edges: [] },
      pending: { totalCount: 0 },
    });
    const mails = (await readdir(join(folder, "mails"))).sort();
    const told = await outside(second);
    expect(told.organizations).toEqual(customers.map((line) => line.split(/ (?:ACTIVE|SUSPENDED|CLOSED):/)[0]));
    const types = told.signals.map((signal) => signal.split(" ")[0]);
    expect(
      Object.fromEntries([...new Set(types)].map((type) => [type, types.filter((of) => of === type).length])),
    ).toEqual({
      "commitment.terminated": 1,
      "customer.suspended": 2,
      "invoice.generated": 175,
      "invoice.overdue": 8,
    });
    before = { tail: await tailOf(running), customers, others, mails, told };

    // What the terminal says, pasted.
    const queries = second
      .output()
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line.startsWith("{"));
    expect(queries).toHaveLength(4);
    for (const query of queries) expect(JSON.stringify(await client.query(query))).not.toContain('"edges":[]');
    await stop(second);
  });

  it("changes nothing when it is started again", async () => {
    const third = start("--demo", "--data", folder);
    const running = await ready(third);
    const client = clientOf(running);
    const mails = (await readdir(join(folder, "mails"))).sort();
    expect({
      tail: await tailOf(running),
      customers: await customersOf(client),
      others: await client.query(OTHERS),
      mails,
      told: await outside(third),
    }).toEqual(before);
    expect(third.output()).not.toContain("Making the demo");
    await stop(third);
  });

  it("shares its folder with nothing else", async () => {
    const plain = start("--data", folder);
    expect(await plain.exit).toBe(1);
    expect(plain.output()).toContain(
      "holds the demo, and nothing else is kept there. Start it with --demo, or name another folder with --data.",
    );
    const data = join(home, "data");
    const other = start("--data", data);
    while ((await readRunning(data)) === undefined) await delay(20);
    await stop(other);
    const refused = start("--demo", "--data", data);
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toContain("holds other data, and no demo is made there. Name another folder with --data.");
  });
});
