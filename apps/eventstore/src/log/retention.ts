/**
 * The readable part of a stream by its metadata. Nothing is removed from the log: for readers of the stream it begins
 * later, and readers of the whole log get everything.
 */
export interface Retention {
  /** The first revision that is left: 0 when nothing is cut off. */
  readonly truncateBefore: number;
  readonly maxCount: number | undefined;
  readonly maxAgeMilliseconds: number | undefined;
  /** Softly deleted: for readers the stream does not exist until the next append. */
  readonly deleted: boolean;
}

export const KEEPS_EVERYTHING: Retention = {
  truncateBefore: 0,
  maxCount: undefined,
  maxAgeMilliseconds: undefined,
  deleted: false,
};

/** `$tb` of a softly deleted stream, as the protocol writes it. */
export const DELETED = "9223372036854775807";

export const metadataStream = (name: Buffer): Buffer => Buffer.concat([METADATA_PREFIX, name]);

/** The stream that `name` holds the metadata of. */
export const describedStream = (name: Buffer): Buffer | undefined =>
  name.length > 2 && name.subarray(0, 2).equals(METADATA_PREFIX) ? name.subarray(2) : undefined;

const METADATA_PREFIX = Buffer.from("$$");

/**
 * As on EventStoreDB, metadata with an invalid field has no effect. The mark of a deletion is effective regardless of
 * other fields: earlier versions of this server kept the rest of the metadata beside it.
 */
export const parseRetention = (json: Uint8Array): Retention => {
  const metadata = parseObject(json);
  if (isDeletion(metadata)) return { ...KEEPS_EVERYTHING, truncateBefore: Number.MAX_SAFE_INTEGER, deleted: true };
  if (!isSound(metadata)) return KEEPS_EVERYTHING;
  const { $tb, $maxCount, $maxAge } = metadata as Partial<Record<"$tb" | "$maxCount" | "$maxAge", number>>;
  return {
    truncateBefore: $tb ?? 0,
    maxCount: $maxCount,
    maxAgeMilliseconds: $maxAge === undefined ? undefined : $maxAge * 1000,
    deleted: false,
  };
};

const isDeletion = ({ $tb }: Record<string, unknown>): boolean => isWhole($tb) && $tb > Number.MAX_SAFE_INTEGER;

/** Whether each field that a server reads is what it may be. */
const isSound = ({ $tb, $maxCount, $maxAge, $cacheControl }: Record<string, unknown>): boolean =>
  ($tb === undefined || isWhole($tb)) &&
  [$maxCount, $maxAge, $cacheControl].every((value) => value === undefined || (isWhole(value) && value > 0));

/** Metadata with only `$tb`, a revision as a decimal number. */
export const onlyTruncateBefore = (revision: string): Buffer => Buffer.from(`{"$tb":${revision}}`);

/**
 * The metadata with another `$tb`, a decimal number, and the other fields unchanged if the whole stays valid. Built as
 * text, since JSON.stringify cannot represent a number of 63 bits.
 */
export const withTruncateBefore = (json: Uint8Array, truncateBefore: string): Buffer => {
  const metadata: Record<string, unknown> = { ...parseObject(json), $tb: 0 };
  if (!isSound(metadata)) return onlyTruncateBefore(truncateBefore);
  const rest = Object.entries(metadata).filter(([key]) => key !== "$tb");
  const fields = rest.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return Buffer.from(`{${[...fields, `"$tb":${truncateBefore}`].join(",")}}`);
};

const parseObject = (json: Uint8Array): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(json).toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
};

const isWhole = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;
