import { fileURLToPath } from "node:url";
import { isIPv4 } from "node:net";
import { z } from "zod";
import { ConfigurationError, MAX_PORT, readEnvironment, wholeNumber } from "#configuration/environment.js";
import { startAnnouncer } from "./announcer.js";
import { readRecordings } from "./recordings.js";

/** Compiled to dist/apps/announcer. */
const PLAYED = fileURLToPath(new URL("../../../ivr/played/", import.meta.url));

const address = (name: string) =>
  z
    .string()
    .refine(isIPv4, { error: ({ input }) => `${name} must be an IPv4 address, not "${String(input)}".` })
    .default("127.0.0.1");

const variables = z.object({
  ANNOUNCER_ADDRESS: address("ANNOUNCER_ADDRESS"),
  ANNOUNCER_PORT: wholeNumber("ANNOUNCER_PORT", MAX_PORT).default(5_070),
  ANNOUNCER_EDGE: address("ANNOUNCER_EDGE"),
  ANNOUNCER_MOST: wholeNumber("ANNOUNCER_MOST", 10_000).default(200),
  ANNOUNCER_RECORDINGS: z.string().default(PLAYED),
});

const main = async (): Promise<void> => {
  const given = readEnvironment(variables, process.env);
  const recordings = await readRecordings(given.ANNOUNCER_RECORDINGS);
  const announcer = await startAnnouncer({
    address: given.ANNOUNCER_ADDRESS,
    port: given.ANNOUNCER_PORT,
    edge: given.ANNOUNCER_EDGE,
    most: given.ANNOUNCER_MOST,
    recordings,
  });
  console.log(`Announcements: sip:${given.ANNOUNCER_ADDRESS}:${announcer.port}, ${recordings.size} recordings`);
  const end = (): void => {
    void announcer.close().then(() => process.exit(0));
  };
  process.on("SIGINT", end).on("SIGTERM", end);
};

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
});
