import persistentPb from "@eventstore/db-client/generated/persistent_pb.js";
import type { SubscriptionInfo } from "@eventstore/db-client/generated/persistent_pb.js";
import { ALL, type StartFrom } from "../persistent/config.js";
import type { Consumer } from "../persistent/consumer.js";
import type { Group } from "../persistent/group.js";

export const subscriptionConfirmation = (subscriptionId: string): Buffer => {
  const confirmation = new persistentPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId);
  return Buffer.from(new persistentPb.ReadResp().setSubscriptionConfirmation(confirmation).serializeBinary());
};

/** Throws CorruptRow. */
export const subscriptionInfo = (group: Group): SubscriptionInfo => {
  const { source, group: name, settings, startFrom } = group.config;
  const { next, checkpointed } = group.checkpoints.durable;
  const { total, sinceLastLook, perSecond } = group.throughput.look();
  const counts = group.counts();
  const place = (at: number | undefined) => (at === undefined ? "" : placeText(source, at));
  return new persistentPb.SubscriptionInfo()
    .setEventSource(source)
    .setGroupName(name)
    .setStatus(group.status)
    .setConnectionsList([...group.consumers].map((consumer) => connectionInfo(consumer, settings.extraStatistics)))
    .setAveragePerSecond(perSecond)
    .setTotalItems(total.toString())
    .setCountSinceLastMeasurement(sinceLastLook.toString())
    .setLastCheckpointedEventPosition(place(checkpointed ? group.source.lastBefore(next) : undefined))
    .setLastKnownEventPosition(place(group.source.lastKnown()))
    .setStartFrom(startText(source, startFrom))
    .setResolveLinkTos(settings.resolveLinks)
    .setMessageTimeoutMilliseconds(settings.messageTimeoutMs)
    .setExtraStatistics(settings.extraStatistics)
    .setMaxRetryCount(settings.maxRetryCount)
    .setLiveBufferSize(settings.liveBufferSize)
    .setBufferSize(settings.historyBufferSize)
    .setReadBatchSize(settings.readBatchSize)
    .setCheckPointAfterMilliseconds(settings.checkpointAfterMs)
    .setMinCheckPointCount(settings.minCheckpointCount)
    .setMaxCheckPointCount(settings.maxCheckpointCount)
    .setNamedConsumerStrategy(settings.strategy)
    .setMaxSubscriberCount(settings.maxSubscriberCount)
    .setReadBufferCount(counts.read)
    .setLiveBufferCount(counts.live.toString())
    .setRetryBufferCount(counts.again)
    .setTotalInFlightMessages(counts.inFlight)
    .setOutstandingMessagesCount(counts.outstanding)
    .setParkedMessageCount(counts.parked.toString());
};

const connectionInfo = (consumer: Consumer, extraStatistics: boolean): SubscriptionInfo.ConnectionInfo => {
  const { total, sinceLastLook, perSecond } = consumer.throughput.look();
  const measurements = extraStatistics ? consumer.latencies.measurements() : [];
  return new persistentPb.SubscriptionInfo.ConnectionInfo()
    .setFrom(consumer.options.from)
    .setUsername(consumer.options.username)
    .setConnectionName(consumer.options.connectionName)
    .setAverageItemsPerSecond(perSecond)
    .setTotalItems(total.toString())
    .setCountSinceLastMeasurement(sinceLastLook.toString())
    .setAvailableSlots(consumer.availableSlots)
    .setInFlightMessages(consumer.inFlight.size)
    .setObservedMeasurementsList(
      measurements.map(([key, value]) =>
        new persistentPb.SubscriptionInfo.Measurement().setKey(key).setValue(value.toString()),
      ),
    );
};

/** -1 means the end. */
const startText = (source: string, startFrom: StartFrom): string =>
  placeText(source, startFrom === "start" ? 0 : startFrom === "end" ? -1 : startFrom);

const placeText = (source: string, place: number): string =>
  source === ALL ? `C:${place}/P:${place}` : place.toString();
