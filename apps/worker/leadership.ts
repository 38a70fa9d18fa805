import pg from "pg";

/** Any number that nothing else in the database locks on. */
const BILLING_LOCK = 7_301_003;
const TRY_EVERY = 1_000;

/** One worker does the billing; the others stand by and take over when its connection ends, `kill -9` included. */
export interface Leadership {
  /** Resolves when this process leads. */
  readonly gained: Promise<void>;
  /** Resolves with one sentence when the connection that holds the lock is lost: stop at once. */
  readonly lost: Promise<string>;
  resign(): Promise<void>;
}

export const standForLeadership = async (databaseUrl: string): Promise<Leadership> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: "tenure-worker-leader",
    keepAlive: true,
  });
  let resigned = false;
  let retry: NodeJS.Timeout | undefined;
  const lost = new Promise<string>((resolve) => {
    client.on("error", (error) => {
      resolve(`The connection that holds the billing lock was lost: ${error.message}`);
    });
    client.on("end", () => {
      if (!resigned) resolve("The connection that holds the billing lock was closed");
    });
  });
  await client.connect();
  const gained = new Promise<void>((resolve) => {
    const attempt = async () => {
      if (resigned) return;
      const { rows } = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [BILLING_LOCK]);
      if (rows[0]?.got === true) resolve();
      else retry = setTimeout(run, TRY_EVERY);
    };
    // A query that fails has lost its connection, and that is told by `lost`.
    const run = () => void attempt().catch(() => undefined);
    run();
  });
  return {
    gained,
    lost,
    async resign() {
      resigned = true;
      clearTimeout(retry);
      await client.end();
    },
  };
};
