import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../apps/cli/client.js";
import { play, playWith } from "../apps/cli/scenario/play/play.js";
import { readScenario } from "../apps/cli/scenario/validate/scenario.js";
import { SIGNAL_PATH } from "../apps/fakes/odoo/fake.js";
import { type RunningFakeOdoo, startFakeOdoo } from "../apps/fakes/odoo/server.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../apps/fakes/zendesk/server.js";
import { type Report } from "../libs/application/audit/job.js";
import { DEFAULT_PROVIDER_ID } from "../libs/application/providers/default-provider.js";
import { createEventStore } from "../libs/event-store/event-store-db.js";
import { comparePositions, positionFromText } from "../libs/event-store/position.js";
import { createDataSource } from "../libs/read-models/data-source.js";
import { client, type Client as GraphQl } from "../test/support/graphql.js";
import { OPERATOR_TOKEN } from "../test/support/operator-token.js";
import { type Stack, startStack } from "../test/support/stack.js";
import { append, toldFor, toldStories, withoutProvider } from "./told-stories.js";

/**
 * `npm run bench`: replays of many events while scenarios run against the whole program. It is a test, kept here for its
 * length: no wrong answer, no outbound call, live equals rebuilt, also while what was rebuilt is switched in.
 */
const EVENTS = Number(process.env["BENCH_EVENTS"] ?? "200000");
const STORIES = 40;
const AT_ONCE = 16;
const SCENARIOS = resolve("test/scenarios");
const TOLD_OUTSIDE = "the-whole-story-of-a-customer.yaml";

describe(`replays of ${EVENTS} events, while scenarios run`, () => {
  let odoo: RunningFakeOdoo;
  let zendesk: RunningFakeZendesk;
  let stack: Stack;
  let graphql: GraphQl;
  let cli: Client;
  let dataSource: DataSource;
  let mails: string;
  let folder: string;
  /** Of the provider whose deliveries leave. */
  let customerId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tenure-replay-live-"));
    odoo = await startFakeOdoo();
    zendesk = await startFakeZendesk();
    mails = join(folder, "mails");
    stack = await startStack({
      apart: true,
      environment: {
        TENURE_MAIL_FOLDER: mails,
        ...{ ODOO_API_URL: `${odoo.url}${SIGNAL_PATH}`, ODOO_API_ACCESS_KEY: odoo.key },
        ...{ ZENDESK_ENABLE: "1", ZENDESK_API_URL: zendesk.url },
        ...{ ZENDESK_API_EMAIL_ADDRESS: zendesk.email, ZENDESK_API_TOKEN: zendesk.token },
      },
    });
    graphql = client(stack.url);
    cli = new Client({ url: stack.url, token: OPERATOR_TOKEN }, new AbortController().signal);
    dataSource = await createDataSource(stack.databaseUrl).initialize();
  }, 600_000);
  afterAll(async () => {
    await dataSource.destroy();
    await stack.stop();
    await zendesk.close();
    await odoo.close();
    await rm(folder, { recursive: true, force: true });
  }, 600_000);

  const scenario = async (file: string) => readScenario(await readFile(join(SCENARIOS, file), "utf8"));

  /** Plays scenarios, two at a time, until the work is done, and suspends and lifts again what is told outside. */
  const meanwhile = async <Result>(work: Promise<Result>): Promise<{ result: Result; played: number }> => {
    const over = new AbortController();
    const done = work.finally(() => {
      over.abort();
    });
    const files = (await readdir(SCENARIOS)).filter((file) => file.endsWith(".yaml"));
    let next = 0;
    const players = [0, 1].map(async () => {
      while (!over.signal.aborted) {
        const place = next++;
        const file = files[place % files.length] ?? "";
        const { differences } = await play(await scenario(file), cli, `${file} ${place} ${randomUUID()}`);
        expect([file, differences]).toEqual([file, []]);
      }
    });
    const signals = (async () => {
      for (let suspended = true; !over.signal.aborted; suspended = !suspended) {
        const command = suspended ? "suspendCustomer" : "unsuspendCustomer";
        await graphql.mutate(command, { idempotencyKey: randomUUID(), customerId, reason: "Lost phone" });
        await delay(1_000);
      }
    })();
    const [result] = await Promise.all([done, ...players, signals]);
    return { result, played: next };
  };

  const tenureReplay = (name: string, ...args: string[]): Promise<{ code: number; report: Report; said: string }> =>
    new Promise((answered, failed) => {
      const servers = { EVENTSTORE_URL: stack.eventStoreUrl, DATABASE_URL: stack.databaseUrl };
      const env = { ...process.env, ...servers, TENURE_SIGNING_KEY_FILE: "", TENURE_DATA: folder };
      const out = join(folder, name);
      const program = [resolve("dist/apps/cli/main.js"), "replay", "--out", out, ...args];
      execFile(process.execPath, program, { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        readFile(join(out, "report.json"), "utf8")
          .then((text) => {
            const kept = JSON.parse(text) as Report | { document: Report };
            const report = "document" in kept ? kept.document : kept;
            answered({ code: error === null ? 0 : Number(error.code), report, said: stdout });
          })
          .catch((problem: unknown) => {
            failed(new Error(`There is no report:\n${stdout}\n${stderr.slice(-2_000)}`, { cause: problem }));
          });
      });
    });

  /** What was sent of the events, by the table of deliveries, beside what arrived. */
  const outside = async () => {
    for (let waited = 0; ; waited += 200) {
      const [open] = await dataSource.query<{ count: number }[]>(
        "SELECT count(*)::int AS count FROM deliveries WHERE provider_id = $1 AND status = 'PENDING'",
        [DEFAULT_PROVIDER_ID],
      );
      if (open?.count === 0) break;
      if (waited > 600_000) throw new Error("Deliveries stand still");
      await delay(200);
    }
    const sent = await dataSource.query<{ target: string; count: number }[]>(
      `SELECT target, count(*)::int AS count FROM deliveries
        WHERE provider_id = $1 AND NOT stub AND status = 'DELIVERED' AND target IN ('ODOO', 'EMAIL')
        GROUP BY target ORDER BY target`,
      [DEFAULT_PROVIDER_ID],
    );
    const arrived = {
      signals: odoo.signals.length,
      repeated: odoo.signals.filter(({ times }) => times !== 1).length,
      requests: odoo.requests.length,
      mails: (await readdir(mails)).filter((file) => file.endsWith(".eml")).length,
      zendesk: zendesk.requests.filter(({ method }) => method !== "GET").length,
    };
    const [email, signals] = sent.map(({ count }) => count);
    expect(arrived).toMatchObject({ signals, repeated: 0, requests: signals, mails: email });
    return arrived;
  };

  const ofEvents = async (): Promise<number> => {
    const [counted] = await dataSource.query<{ count: number }[]>("SELECT count(*)::int AS count FROM journal");
    return counted?.count ?? 0;
  };

  const proven = ({ code, report }: { code: number; report: Report }) => {
    expect([code, report.verdict, report.differences]).toEqual([0, "PROVEN", []]);
    const seconds = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1_000;
    return `${report.checked["events"] ?? 0} events in ${seconds.toFixed(0)} s, to ${report.covered.toPosition ?? ""}`;
  };

  it("give no wrong answer, send nothing, and come to what is live", { timeout: 7_200_000 }, async () => {
    const story = await playWith(await scenario(TOLD_OUTSIDE), cli, "told");
    expect(story.differences).toEqual([]);
    const { customers } = await graphql.request<{ customers: { edges: { node: { id: string } }[] } }>(
      "{ customers(first: 1) { edges { node { id } } } }",
    );
    customerId = customers.edges[0]?.node.id ?? "";
    // What processors do because of events is in the stories already.
    await stack.killWorker();
    const store = createEventStore({ url: stack.eventStoreUrl });
    const stories = (await toldStories(STORIES)).map(withoutProvider);
    let [total, place] = [0, 0];
    const appending = async (): Promise<void> => {
      while (total < EVENTS) {
        const told = stories[place++ % STORIES] ?? [];
        total += told.length;
        await append(store, toldFor(randomUUID(), told));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, appending));
    const tail = await store.tail();
    await store.close();
    await stack.startWorker();
    for (let waited = 0; ; waited += 500) {
      const [behind] = await dataSource.query<{ commit: string; prepare: string }[]>(
        "SELECT commit::text, prepare::text FROM projection_checkpoints ORDER BY commit LIMIT 1",
      );
      const reached = positionFromText(`${behind?.commit ?? 0}/${behind?.prepare ?? 0}`);
      if (comparePositions(reached, tail) >= 0) break;
      if (waited > 3_600_000) throw new Error(`The read models stand still:\n${stack.output().slice(-2_000)}`);
      await delay(500);
    }
    console.log(`${await ofEvents()} events are in the journal`);
    // Nobody knows the providers of the stories, so that nothing of theirs can be prepared.
    const before = await outside();
    console.log(`${before.mails} mails and ${before.signals} signals have left`);

    // As a job of the whole program, which a worker runs.
    const job = async (): Promise<string> => {
      const { id } = (await graphql.mutate<{ job: { id: string } }>("startReplay", {}, "job { id }")).job;
      for (;;) {
        const { job: now } = await graphql.request<{
          job: { state: string; error: string | null; report: { document: Report } | null };
        }>("query ($id: ID!) { job(id: $id) { state error report } }", { id });
        if (now.state === "DONE" && now.report) {
          return proven({ code: 0, report: "document" in now.report ? now.report.document : now.report });
        }
        if (now.state === "FAILED") throw new Error(now.error ?? "");
        await delay(500);
      }
    };
    const told: string[] = [];
    const asJob = await meanwhile(job());
    told.push(`as a job, the provider's rows: ${asJob.result}; ${asJob.played} scenarios meanwhile`);
    for (const args of [["--switch"], ["--source", "events"]]) {
      const { result, played } = await meanwhile(tenureReplay(args.join(""), ...args));
      told.push(`replay ${args.join(" ")}: ${proven(result)}; ${played} scenarios meanwhile`);
    }
    const arrived = await outside();
    expect([arrived.zendesk, arrived.mails > before.mails]).toEqual([before.zendesk, true]);
    told.push(`in the end: ${proven(await tenureReplay("end"))}, with nothing else going on`);
    expect(await outside()).toEqual(arrived);
    told.push(
      `${arrived.signals - before.signals} signals and ${arrived.mails - before.mails} mails left meanwhile, ` +
        "each for an event of that time, none of a replay",
    );
    for (const line of told) console.log(line);
    expect(await dataSource.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tenure%'")).toEqual([]);
  });
});
