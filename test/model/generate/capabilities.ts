/** What a story may be about. */
export const CAPABILITIES = [
  "PERIODS",
  "TRANSFER",
  "RENEWAL",
  "SCHEDULED_UPGRADE",
  "ANNUL",
  "SELF_CARE",
  "COMING_DAYS",
  "CLOSED_DAYS",
  "CREDIT_NOTES",
  "VOID",
  "RESUME",
  "END_BY_HAND",
  "REVISIONS",
  "MONEY",
  "COLLECTION",
  "CALLS",
  "CONTACTS",
] as const;

export type Capability = (typeof CAPABILITIES)[number];
export type Capabilities = ReadonlySet<Capability>;

export const EVERYTHING: Capabilities = new Set(CAPABILITIES);

/**
 * What the law of corrections speaks of: no copied or hand-set end dates, no resumes, no catalog that changes, no voids.
 * Money and calls change no charge, and what collection did would be done on other days where other amounts were billed.
 */
export const LAWFUL: Capabilities = new Set(
  CAPABILITIES.filter(
    (each) =>
      !["VOID", "RESUME", "END_BY_HAND", "REVISIONS", "MONEY", "COLLECTION", "CALLS", "CONTACTS"].includes(each),
  ),
);

/** What moves discount end dates. */
export const OF_PAUSES: Capabilities = new Set<Capability>(["COMING_DAYS", "CLOSED_DAYS", "RESUME", "END_BY_HAND"]);

/** What the engine can do so far. */
export const ENGINE: Capabilities = EVERYTHING;
