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

/** The provider whose stream was named last: mostly many of one are named after each other. */
let latest: { readonly provider: string | null; readonly within: string } = { provider: null, within: "" };

/**
 * `tenure.<provider without dashes>.<category>-<id>`. The first dash follows the category, because EventStoreDB's
 * $by_category splits there. Throws a `TypeError` for a part that `parseStreamName` would not return.
 */
export const streamName = (provider: string, streamCategory: string, id: string): string => {
  if (provider !== latest.provider) {
    if (!uuid.test(provider)) throw new TypeError(`Not a provider's uuid: "${provider}"`);
    latest = { provider, within: streamsWithin(provider) };
  }
  if (!category.test(streamCategory)) throw new TypeError(`Not a stream category: "${streamCategory}"`);
  if (id === "") throw new TypeError(`A ${streamCategory} stream needs an id`);
  return `${latest.within}${streamCategory}-${id}`;
};

/** What the names of a provider's streams begin with. */
export const streamsWithin = (provider: string): string => `${PREFIX}${provider.replaceAll("-", "")}.`;

/** Whether a stream's name has the form of {@link streamName}; other programs may use our prefix too. */
export const isStreamName = (stream: string): boolean => name.test(stream);

/** Names met lately: every reader of an event asks for its stream's. More than a replay's batch has. */
const parsed = new Map<string, { readonly stream: string; readonly parts: StreamName }>();
const MOST_PARSED = 16_384;

/** The inverse of {@link streamName}. Throws a `TypeError` for a name of another form. */
export const parseStreamName = (stream: string): StreamName => {
  const known = parsed.get(stream);
  if (known) return known.parts;
  const [, a, b, c, d, e, streamCategory, id] = name.exec(stream) ?? [];
  if (streamCategory === undefined || id === undefined) throw new TypeError(`Not a stream of ours: "${stream}"`);
  const parts = { provider: [a, b, c, d, e].join("-"), category: streamCategory, id };
  if (parsed.size === MOST_PARSED) parsed.clear();
  parsed.set(stream, { stream, parts });
  return parts;
};

/**
 * The same name, where possible as the text that was met before: events of a stream that share one take less memory, and
 * are found sooner where they are looked up by it.
 */
export const sharedStreamName = (stream: string): string => parsed.get(stream)?.stream ?? stream;
