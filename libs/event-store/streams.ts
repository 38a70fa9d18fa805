/** Prefix of the names of our streams, by which the server filters subscriptions. */
export const PREFIX = "tenure.";

export interface StreamName {
  /** uuid with dashes, lower case. */
  readonly provider: string;
  /** Lower-case letters, e.g. `commitment` (docs/rules.md#streams). */
  readonly category: string;
  /** A uuid, a series or a hash; may contain dashes. */
  readonly id: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const category = /^[a-z]+$/;
const name = /^tenure\.([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.([a-z]+)-(.+)$/s;

/**
 * `tenure.<provider without dashes>.<category>-<id>`. The first dash follows the category, because EventStoreDB's
 * $by_category splits there. Throws a `TypeError` for a part that `parseStreamName` would not return.
 */
export const streamName = (provider: string, streamCategory: string, id: string): string => {
  if (!uuid.test(provider)) throw new TypeError(`Not a provider's uuid: "${provider}"`);
  if (!category.test(streamCategory)) throw new TypeError(`Not a stream category: "${streamCategory}"`);
  if (id === "") throw new TypeError(`A ${streamCategory} stream needs an id`);
  return `${PREFIX}${provider.replaceAll("-", "")}.${streamCategory}-${id}`;
};

/** What the names of a provider's streams begin with. */
export const streamsWithin = (provider: string): string => `${PREFIX}${provider.replaceAll("-", "")}.`;

/** Whether a stream's name has the form of {@link streamName}; other programs may use our prefix too. */
export const isStreamName = (stream: string): boolean => name.test(stream);

/** The name that was parsed last: a stream is read event by event. */
let parsed: { readonly stream: string; readonly parts: StreamName } | null = null;

/** The inverse of {@link streamName}. Throws a `TypeError` for a name of another form. */
export const parseStreamName = (stream: string): StreamName => {
  if (parsed?.stream === stream) return parsed.parts;
  const [, a, b, c, d, e, streamCategory, id] = name.exec(stream) ?? [];
  if (streamCategory === undefined || id === undefined) throw new TypeError(`Not a stream of ours: "${stream}"`);
  const parts = { provider: [a, b, c, d, e].join("-"), category: streamCategory, id };
  parsed = { stream, parts };
  return parts;
};
