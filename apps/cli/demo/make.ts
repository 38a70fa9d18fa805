import { setMaxListeners } from "node:events";
import { Client, type Endpoint, NoAnswer, Refused } from "../client.js";
import { daysOf, noon, play } from "./play.js";
import { fingerprint, readProgress, writeProgress } from "./progress.js";
import { agentAnswers, stories } from "./stories/index.js";
import { allDelivered, answerTickets, type Desk, setDeskClock } from "./support-desk.js";

/** The demo cannot be made; the message is for the user. */
export class DemoFailure extends Error {
  override name = "DemoFailure";
}

interface Made {
  readonly dataDir: string;
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly desk: Desk;
}

/**
 * Makes the demo in a data folder on which everything runs, unless it is there: from its first day, or from the day at
 * which an earlier start was cut off. Returns when what it tells to systems outside has arrived.
 * @throws DemoFailure
 */
export const makeDemo = async ({ dataDir, endpoint, signal, log, desk }: Made): Promise<void> => {
  const before = await readProgress(dataDir);
  // A request in flight listens to it, and those of all customers are.
  setMaxListeners(0, signal);
  const client = new Client(endpoint, signal);
  const of = fingerprint(stories);
  const isComplete = before?.isComplete === true;
  if (before && !isComplete && before.of !== of) {
    throw new DemoFailure(
      `The demo in ${dataDir} was begun by another version of Tenure: remove the folder, and start again.`,
    );
  }
  if (!isComplete) log(before ? "Going on with the demo." : "Making the demo: two years of a provider, once.");
  try {
    if (isComplete) {
      await setDeskClock(desk, await nowOf(client));
      return;
    }
    const days = daysOf(stories);
    const last = days.length;
    let year = "";
    const from = days[before?.days ?? 0];
    if (from !== undefined) await setDeskClock(desk, noon(from));
    await play(stories, client, before ?? { days: 0, ids: {} }, async (over, day) => {
      if (day.slice(0, 4) !== year) log(`  ${(year = day.slice(0, 4))} ...`);
      await answerTickets(desk, client, agentAnswers, day);
      if (over.days === last) await allDelivered(client);
      await setDeskClock(desk, noon(days[over.days] ?? day));
      await writeProgress(dataDir, { of, ...over, isComplete: over.days === last });
    });
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof NoAnswer)) throw error;
    throw new DemoFailure(`The demo could not be made: ${error.message.replace(/\.$/, "")}.`);
  }
};

/** By the provider's clock, which may have gone on since. */
const nowOf = async (client: Client): Promise<string> => {
  const { provider } = await client.query<{ provider: { clock: { now: string } } }>("{ provider { clock { now } } }");
  return provider.clock.now;
};
