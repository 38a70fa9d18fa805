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
] as const;

export type Capability = (typeof CAPABILITIES)[number];
export type Capabilities = ReadonlySet<Capability>;

export const EVERYTHING: Capabilities = new Set(CAPABILITIES);

/** What the law of corrections speaks of: no copied or hand-set end dates, no resumes, no catalog that changes, no voids. */
export const LAWFUL: Capabilities = new Set(
  CAPABILITIES.filter((each) => !["VOID", "RESUME", "END_BY_HAND", "REVISIONS"].includes(each)),
);

/** What the engine can do so far. */
export const ENGINE: Capabilities = EVERYTHING;
