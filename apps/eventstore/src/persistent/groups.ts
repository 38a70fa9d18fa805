import type { Committer } from "../log/committer.js";
import type { LogStore } from "../log/store.js";
import type { RequestError } from "../protocol/errors.js";
import { subscriptionDoesNotExist, subscriptionDropped, subscriptionExists } from "../protocol/persistent-errors.js";
import {
  ALL_STATES,
  decodeState,
  encodeState,
  groupKey,
  stateKey,
  type GroupConfig,
  type GroupSettings,
  type GroupState,
  type StartFrom,
} from "./config.js";
import { Group } from "./group.js";
import { Parked } from "./parked.js";
import { Source } from "./source.js";

/** All persistent subscriptions. Changes are executed one after the other, and answered when they are on disk. */
export class Groups {
  private groups = new Map<string, Group>();
  /** Sources that have or had a group since the groups were loaded. */
  private readonly sources = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: LogStore,
    private readonly committer: Committer,
  ) {
    this.load();
  }

  all(): Group[] {
    return [...this.groups.values()];
  }

  /** Whether the source had a group since the groups were loaded, though it may have none now. */
  hadOneOf(source: string): boolean {
    return this.sources.has(source);
  }

  /** Throws RequestError when there is none. */
  get(source: string, group: string): Group {
    const found = this.groups.get(groupKey(source, group));
    if (!found) throw subscriptionDoesNotExist(source, group);
    return found;
  }

  create(config: GroupConfig): Promise<void> {
    return this.inTurn(async () => {
      const { source, group } = config;
      if (this.groups.has(groupKey(source, group))) throw subscriptionExists(source, group);
      const next = Source.placeOf(this.store, source, config.startFrom);
      const state = { config, next, checkpointed: false };
      await this.save(state);
      this.open(state);
    });
  }

  /** Changes a group; its consumers are dropped. Consumed messages stay consumed, regardless of the new start. */
  update(source: string, group: string, settings: GroupSettings, startFrom: StartFrom): Promise<void> {
    return this.inTurn(async () => {
      const before = this.get(source, group);
      await before.close(subscriptionDropped(source, group));
      const { durable } = before.checkpoints;
      const next = durable.checkpointed ? durable.next : Source.placeOf(this.store, source, startFrom);
      const state = { ...durable, config: { ...durable.config, settings, startFrom }, next };
      await this.reopening(durable, async () => {
        await this.save(state);
        this.open(state);
      });
    });
  }

  /** Deletes a group with its parked messages. */
  delete(source: string, group: string): Promise<void> {
    return this.inTurn(async () => {
      const before = this.get(source, group);
      await before.close(subscriptionDropped(source, group));
      const { durable } = before.checkpoints;
      await this.reopening(durable, async () => {
        const key = stateKey(source, group);
        const parked = new Parked(this.store, this.committer, durable.config);
        await this.committer.append(parked.deletion({ key, value: undefined }));
        this.groups.delete(groupKey(source, group));
      });
    });
  }

  /** Drops all consumers and restarts from the state on disk. */
  restart(): Promise<void> {
    return this.inTurn(async () => {
      await Promise.all(
        this.all().map((group) => group.close(subscriptionDropped(group.config.source, group.config.group))),
      );
      this.load();
    });
  }

  /** Called when the server stops: ends consumers with the reason, and stores what they have settled. */
  close(reason: RequestError): Promise<void> {
    return this.inTurn(async () => {
      await Promise.all(this.all().map((group) => group.close(reason)));
    });
  }

  private load(): void {
    this.groups = new Map();
    this.sources.clear();
    for (const state of this.store.states(ALL_STATES)) this.open(decodeState(state));
  }

  private open(state: GroupState): void {
    const { source, group } = state.config;
    this.sources.add(source);
    const parked = new Parked(this.store, this.committer, state.config);
    this.groups.set(groupKey(source, group), new Group(this.store, parked, state, (newer) => this.save(newer)));
  }

  private async save(state: GroupState): Promise<void> {
    const { source, group } = state.config;
    await this.committer.append({
      stream: Buffer.from(source),
      expected: { kind: "any" },
      events: [],
      state: { key: stateKey(source, group), value: encodeState(state) },
      expired: () => false,
    });
  }

  /** A change that cannot be written leaves the group unchanged. */
  private async reopening(durable: GroupState, change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch (error) {
      this.open(durable);
      throw error;
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
