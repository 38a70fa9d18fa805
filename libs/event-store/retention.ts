import { isStreamName, parseStreamName } from "./streams.js";

/** Days after which the store forgets events, by category: numbers of callers have to go. All others stay for good. */
const KEPT_DAYS: Readonly<Record<string, number>> = { calls: 400 };

/** Seconds for which the store keeps a stream's events, its `$maxAge`; null: for good. */
export const maxAgeOf = (stream: string): number | null => {
  const days = isStreamName(stream) ? KEPT_DAYS[parseStreamName(stream).category] : undefined;
  return days === undefined ? null : days * 86_400;
};
