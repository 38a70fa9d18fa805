import type { sendUnaryData } from "@grpc/grpc-js";
import featuresPb from "@eventstore/db-client/generated/serverfeatures_pb.js";
import type { SupportedMethods } from "@eventstore/db-client/generated/serverfeatures_pb.js";

/** Clients compare this with EventStoreDB's versions; the suffix identifies this server. */
const PROTOCOL_VERSION = "23.10.0-tenure";

const PERSISTENT = "event_store.client.persistent_subscriptions.PersistentSubscriptions";

const METHODS: readonly (readonly [service: string, method: string, ...features: string[]])[] = [
  ["event_store.client.streams.Streams", "read"],
  ["event_store.client.streams.Streams", "append"],
  ["event_store.client.streams.Streams", "delete"],
  ["event_store.client.streams.Streams", "tombstone"],
  ["event_store.client.streams.Streams", "batchappend"],
  [PERSISTENT, "create", "stream", "all"],
  [PERSISTENT, "update", "stream", "all"],
  [PERSISTENT, "delete", "stream", "all"],
  [PERSISTENT, "read", "stream", "all"],
  [PERSISTENT, "getinfo", "stream", "all"],
  [PERSISTENT, "replayparked", "stream", "all"],
  [PERSISTENT, "list", "stream", "all"],
  [PERSISTENT, "restartsubsystem"],
  ["event_store.client.gossip.Gossip", "read"],
  ["event_store.client.server_features.ServerFeatures", "getsupportedmethods"],
];

/** ServerFeatures.GetSupportedMethods: the client asks before its first append. */
export const serverFeaturesHandler = (_call: unknown, respond: sendUnaryData<SupportedMethods>): void => {
  const methods = METHODS.map(([service, method, ...features]) =>
    new featuresPb.SupportedMethod().setServiceName(service).setMethodName(method).setFeaturesList(features),
  );
  respond(null, new featuresPb.SupportedMethods().setEventStoreServerVersion(PROTOCOL_VERSION).setMethodsList(methods));
};
