import type { CreateReq, ListReq, ReplayParkedReq, UpdateReq } from "@eventstore/db-client/generated/persistent_pb.js";
import type { StreamIdentifier } from "@eventstore/db-client/generated/shared_pb.js";
import { ALL, type GroupConfig, type GroupSettings, type StartFrom, type StrategyName } from "../persistent/config.js";
import { streamName } from "./append-request.js";
import { invalidArgument } from "./errors.js";
import { compileFilter, filterSpec } from "./filter.js";
import { subscriptionFailed } from "./persistent-errors.js";

/** The name of a group in every request but Create and Update. */
interface Named {
  getStreamIdentifier(): StreamIdentifier | undefined;
  hasAll(): boolean;
  getGroupName(): string;
}

export interface GroupName {
  readonly source: string;
  readonly group: string;
}

/** Throws RequestError. */
export const groupName = (options: Named | undefined): GroupName => {
  if (!options) throw invalidArgument("the request has no options");
  const source = options.hasAll() ? ALL : streamName(options.getStreamIdentifier()).toString();
  return { source, group: checkedGroup(options.getGroupName()) };
};

const checkedGroup = (group: string): string => {
  if (group === "") throw invalidArgument("the request names no group");
  return group;
};

/** Throws RequestError. */
export const createRequest = (request: CreateReq): GroupConfig => {
  const options = request.getOptions();
  const config = updateRequest(request);
  const filter = options?.getAll()?.getFilter();
  if (!filter) return config;
  const spec = filterSpec(filter);
  compileFilter(spec);
  return { ...config, filter: spec };
};

/** A filter cannot be updated. Throws RequestError. */
export const updateRequest = (request: CreateReq | UpdateReq): Omit<GroupConfig, "filter"> => {
  const options = request.getOptions();
  const settings = options?.getSettings();
  if (!options || !settings) throw invalidArgument("the request has no settings");
  const group = checkedGroup(options.getGroupName());
  const all = options.getAll();
  if (all) {
    return {
      source: ALL,
      group,
      startFrom: startOf(all, all.getPosition()?.getCommitPosition()),
      settings: checked(ALL, group, settings),
    };
  }
  const stream = options.getStream();
  // Older clients, and the JavaScript one, name the stream and its start elsewhere.
  const source = streamName(stream?.getStreamIdentifier() ?? options.getStreamIdentifier()).toString();
  const startFrom = stream
    ? startOf(stream, stream.hasRevision() ? stream.getRevision() : undefined)
    : startFromNumber(settings.getRevision());
  return { source, group, startFrom, settings: checked(source, group, settings) };
};

const startOf = (options: { hasEnd(): boolean }, place: string | undefined): StartFrom => {
  if (place !== undefined) return startFromNumber(place);
  return options.hasEnd() ? "end" : "start";
};

/** The largest number means the end. */
const startFromNumber = (text: string): StartFrom => {
  const number = Number(text);
  if (number > Number.MAX_SAFE_INTEGER) return "end";
  return number === 0 ? "start" : number;
};

const TICKS_PER_MILLISECOND = 10_000;

/** Throws RequestError. */
const checked = (source: string, group: string, from: CreateReq.Settings | UpdateReq.Settings): GroupSettings => {
  const settings: GroupSettings = {
    resolveLinks: from.getResolveLinks(),
    extraStatistics: from.getExtraStatistics(),
    messageTimeoutMs: from.hasMessageTimeoutTicks()
      ? Math.floor(Number(from.getMessageTimeoutTicks()) / TICKS_PER_MILLISECOND)
      : from.getMessageTimeoutMs(),
    maxRetryCount: from.getMaxRetryCount(),
    checkpointAfterMs: from.hasCheckpointAfterTicks()
      ? Math.floor(Number(from.getCheckpointAfterTicks()) / TICKS_PER_MILLISECOND)
      : from.getCheckpointAfterMs(),
    minCheckpointCount: from.getMinCheckpointCount(),
    maxCheckpointCount: from.getMaxCheckpointCount(),
    maxSubscriberCount: from.getMaxSubscriberCount(),
    liveBufferSize: from.getLiveBufferSize(),
    readBatchSize: from.getReadBatchSize(),
    historyBufferSize: from.getHistoryBufferSize(),
    strategy: strategyOf(source, group, from),
  };
  const reason = objection(settings);
  if (reason !== undefined) throw subscriptionFailed(source, group, reason);
  return settings;
};

/** In the order of the protocol's numbers for them. */
const STRATEGIES: readonly StrategyName[] = ["DispatchToSingle", "RoundRobin", "Pinned"];

/** What newer clients may say instead of a number; the last one has no number. */
const NAMED_STRATEGIES: Readonly<Record<string, StrategyName>> = {
  ...Object.fromEntries(STRATEGIES.map((name) => [name.toLowerCase(), name])),
  pinnedbycorrelation: "PinnedByCorrelation",
  dispatchbycorrelation: "PinnedByCorrelation",
};

const strategyOf = (source: string, group: string, from: CreateReq.Settings | UpdateReq.Settings): StrategyName => {
  const name = "getConsumerStrategy" in from ? from.getConsumerStrategy() : "";
  const strategy = name === "" ? STRATEGIES[from.getNamedConsumerStrategy()] : NAMED_STRATEGIES[name.toLowerCase()];
  if (!strategy) throw subscriptionFailed(source, group, `there is no consumer strategy ${name}`);
  return strategy;
};

const objection = (settings: GroupSettings): string | undefined => {
  const sizes = ["liveBufferSize", "readBatchSize", "historyBufferSize"] as const;
  const tooSmall = sizes.find((name) => settings[name] < 1);
  if (tooSmall) return `${tooSmall} must be positive`;
  const counts = [
    "messageTimeoutMs",
    "maxRetryCount",
    "checkpointAfterMs",
    "minCheckpointCount",
    "maxCheckpointCount",
    "maxSubscriberCount",
  ] as const;
  const negative = counts.find((name) => settings[name] < 0);
  if (negative) return `${negative} must not be negative`;
  if (settings.readBatchSize >= settings.historyBufferSize) return "historyBufferSize must exceed readBatchSize";
  return undefined;
};

/** Up to which revision of the parked messages, without it, a replay goes. Throws RequestError. */
export const replayRequest = (request: ReplayParkedReq): GroupName & { readonly stopAt: number | undefined } => {
  const options = request.getOptions();
  const name = groupName(options);
  return { ...name, stopAt: options?.hasStopAt() ? Math.max(0, Number(options.getStopAt())) : undefined };
};

/** The source whose groups are listed; undefined: all groups. Throws RequestError. */
export const listRequest = (request: ListReq): string | undefined => {
  const options = request.getOptions();
  if (options?.hasListAllSubscriptions()) return undefined;
  const only = options?.getListForStream();
  if (!only) throw invalidArgument("the request says not of what to list the groups");
  return only.hasAll() ? ALL : streamName(only.getStream()).toString();
};
