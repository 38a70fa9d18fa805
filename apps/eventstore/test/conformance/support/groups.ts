import {
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  type EventStoreDBClient,
  type PersistentSubscriptionToStreamSettings,
} from "@eventstore/db-client";
import { setTimeout as delay } from "node:timers/promises";
import { Consumer } from "./consumer.js";
import { events, newStream } from "./events.js";

export const GROUP = "billing";

type Info = Awaited<ReturnType<EventStoreDBClient["getPersistentSubscriptionToStreamInfo"]>>;

/** Streams that one group reads from the start, and its consumers. */
export class Groups {
  private consumers: Consumer[] = [];

  constructor(private readonly client: () => EventStoreDBClient) {}

  /** A stream with `count` events, numbered from 0, and a group for it. */
  async create(count: number, settings: Partial<PersistentSubscriptionToStreamSettings> = {}): Promise<string> {
    const stream = newStream();
    if (count > 0) await this.client().appendToStream(stream, events(count));
    const all = settingsWith({ startFrom: "start", ...settings });
    await this.client().createPersistentSubscriptionToStream(stream, GROUP, all);
    return stream;
  }

  consume(stream: string, react?: ConstructorParameters<typeof Consumer>[1], bufferSize = 10): Consumer {
    const subscription = this.client().subscribeToPersistentSubscriptionToStream(stream, GROUP, { bufferSize });
    const consumer = new Consumer(subscription, react);
    this.consumers.push(consumer);
    return consumer;
  }

  info(stream: string): Promise<Info> {
    return this.client().getPersistentSubscriptionToStreamInfo(stream, GROUP);
  }

  /** Waits until the server says so: what a consumer sends has no answer of its own. */
  async until(stream: string, done: (stats: Info["stats"], info: Info) => boolean): Promise<void> {
    for (let info = await this.info(stream); !done(info.stats, info); info = await this.info(stream)) await delay(10);
  }

  async stopConsumers(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    this.consumers = [];
  }
}

export const upTo = (count: number, from = 0): number[] => Array.from({ length: count }, (_, n) => from + n);
