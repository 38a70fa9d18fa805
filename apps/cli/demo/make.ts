import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Client, type Endpoint, NoAnswer, Refused } from "../client.js";
import { daysOf, play } from "./play.js";
import { fingerprint, readProgress, writeProgress } from "./progress.js";
import { stories } from "./stories/index.js";

/** The demo cannot be made; the message is for the user. */
export class DemoFailure extends Error {
  override name = "DemoFailure";
}

interface Made {
  readonly dataDir: string;
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/**
 * Makes the demo in a data folder on which everything runs, unless it is there: from its first day, or from the day at
 * which an earlier start was cut off. Returns when what it tells to systems outside has arrived.
 * @throws DemoFailure
 */
export const makeDemo = async ({ dataDir, endpoint, signal, log }: Made): Promise<void> => {
  const before = await readProgress(dataDir);
  if (before?.isComplete === true) return;
  const of = fingerprint(stories);
  if (before && before.of !== of) {
    throw new DemoFailure(
      `The demo in ${dataDir} was begun by another version of Tenure: remove the folder, and start again.`,
    );
  }
  log(before ? "Going on with the demo." : "Making the demo: two years of a provider, once.");
  // A request in flight listens to it, and those of all customers are.
  setMaxListeners(0, signal);
  const client = new Client(endpoint, signal);
  try {
    const last = daysOf(stories).length;
    let year = "";
    await play(stories, client, before ?? { days: 0, ids: {} }, async (over, day) => {
      if (day.slice(0, 4) !== year) log(`  ${(year = day.slice(0, 4))} ...`);
      if (over.days === last) await allDelivered(client);
      await writeProgress(dataDir, { of, ...over, isComplete: over.days === last });
    });
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof NoAnswer)) throw error;
    throw new DemoFailure(`The demo could not be made: ${error.message.replace(/\.$/, "")}.`);
  }
};

const PENDING = `{ deliveries(first: 0, filter: { status: PENDING }) { totalCount } }`;
const LOOK_AGAIN_MS = 50;
/** For deliveries that wait for a target that is down, nobody waits. */
const PATIENCE_MS = 60_000;

const allDelivered = async (client: Client): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const { deliveries } = await client.query<{ deliveries: { totalCount: number } }>(PENDING);
    if (deliveries.totalCount === 0) return;
    await delay(LOOK_AGAIN_MS);
  }
};
