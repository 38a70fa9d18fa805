import { type DataSource } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { RestartFrom } from "#event-store/errors.js";
import { type EventStore, type Batch, type Subscription, type SubscriptionStatus } from "#event-store/event-store.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { applyBatch, type ApplyOptions, type Member } from "./apply-batch.js";
import { applyToOne } from "./apply-one.js";
import { type Checkpoint, CheckpointMoved, loadCheckpoints, parkCheckpoint } from "./checkpoints.js";
import { isMomentary, messageOf } from "./failures.js";
import { examine, type Findings } from "./findings.js";
import { type Projection } from "./projection.js";
import { recover } from "./recovery.js";
import { listStalls } from "./stalls.js";

export interface LeaderOptions extends ApplyOptions {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly log: (line: string) => void;
  /** Called after every change of checkpoints. */
  readonly moved: (checkpoints: readonly Checkpoint[]) => void;
  /** Called when a checkpoint is not there any more: what was built is lost. */
  readonly lost?: () => void;
  /** Called after every batch that the projections that read together have applied. */
  readonly applied: (events: readonly RecordedEvent[]) => void;
}

/**
 * The work of the one process that projects. One reader feeds all projections at the same position; a projection that
 * is behind, or failed, reads alone until it has caught up, and then joins the others. These readers leave out a
 * provider that is stalled in a projection; a separate reader brings its rows up to the checkpoint.
 */
export class Leader {
  #together: Member[] = [];
  #reader: Subscription | undefined;
  readonly #alone = new Map<Member, Subscription>();
  /** Readers for stalled providers, by projection and provider. */
  readonly #recovering = new Map<string, Subscription>();
  #members: readonly Member[] = [];
  /** Joining and stopping take several steps and run one at a time. */
  #changes: Promise<void> = Promise.resolve();
  #stopping = false;

  constructor(private readonly options: LeaderOptions) {}

  /** The projections at the latest position read together; every other one reads alone. */
  start(members: readonly Member[]): void {
    this.#members = members;
    const furthest = members.reduce<Position | undefined>((most, { checkpoint: { position, status } }) => {
      if (status === "FAILED" || (most && comparePositions(position, most) <= 0)) return most;
      return position;
    }, undefined);
    for (const member of members) {
      const { position, status } = member.checkpoint;
      const together = status !== "FAILED" && furthest !== undefined && comparePositions(position, furthest) === 0;
      if (together) this.#together.push(member);
      else this.#readAlone(member);
    }
    this.#readTogether();
    void this.#change(() => this.#recoverStalled());
  }

  /** Takes on projections that were built elsewhere: each reads alone, until it is where the others are. */
  adopt(members: readonly Member[]): void {
    void this.#change(async () => {
      this.#members = [...this.#members, ...members];
      for (const member of members) this.#readAlone(member);
      await this.#recoverStalled();
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#changes;
    await Promise.all(this.#readers().map((reader) => reader.stop()));
  }

  /** Status of the common reader, then of the readers of one projection. Those of stalled providers are left out. */
  status(): SubscriptionStatus[] {
    return [...(this.#reader ? [this.#reader] : []), ...this.#alone.values()].map((reader) => reader.status());
  }

  #readers(): Subscription[] {
    return [...(this.#reader ? [this.#reader] : []), ...this.#alone.values(), ...this.#recovering.values()];
  }

  #readTogether(): void {
    if (this.#together.length === 0) return;
    this.#reader = this.options.store.subscribe({
      name: "projections",
      from: earliest(this.#together),
      unreadable: "HAND_OVER",
      onBatch: (batch) => this.#onBatch(batch),
    });
  }

  #readAlone(member: Member): void {
    if (this.#stopping) return;
    const reader = this.options.store.subscribe({
      name: `projection ${member.projection.name}`,
      from: member.checkpoint.position,
      unreadable: "HAND_OVER",
      onBatch: async (batch) => {
        await this.#onBatchAlone(member, batch);
        // Not awaited: the reader stops only after this batch.
        if (batch.caughtUp) void this.#change(() => this.#join(member, reader));
      },
    });
    this.#alone.set(member, reader);
  }

  async #onBatch(batch: Batch): Promise<void> {
    const members = [...this.#together];
    const findings = await examine(this.options.store, batch);
    try {
      await applyBatch(this.options.dataSource, members, batch, findings, this.options);
    } catch (error) {
      await this.#rethrowUnlessOurs(error, members);
      await this.#oneByOne(members, batch, findings);
    }
    this.#tell(members);
    this.options.applied(batch.events);
  }

  /** After a failure of one projection: applies the batch to each in its own transaction, so that the others go on. */
  async #oneByOne(members: readonly Member[], batch: Batch, findings: Findings): Promise<void> {
    for (const member of members) {
      try {
        await applyToOne(this.options, member, batch, findings);
      } catch (error) {
        await this.#rethrowUnlessOurs(error, members);
        await this.#park(member, error);
        this.#together = this.#together.filter((other) => other !== member);
        this.#readAlone(member);
      }
    }
  }

  async #onBatchAlone(member: Member, batch: Batch): Promise<void> {
    try {
      await applyToOne(this.options, member, batch, await examine(this.options.store, batch));
    } catch (error) {
      await this.#rethrowUnlessOurs(error, [member]);
      await this.#park(member, error);
      this.#tell([member]);
      throw error;
    }
    this.#tell([member]);
  }

  /** Rethrows failures that no projection causes: the batch is then read again from the stored checkpoints. */
  async #rethrowUnlessOurs(error: unknown, members: readonly Member[]): Promise<void> {
    if (isMomentary(error)) throw error;
    if (!(error instanceof CheckpointMoved)) return;
    const stored = new Map((await loadCheckpoints(this.options.dataSource)).map((found) => [found.name, found]));
    for (const member of members) {
      const found = stored.get(member.projection.name);
      if (found === undefined) this.options.lost?.();
      if (found?.version !== member.projection.version) throw error;
      member.checkpoint = found;
    }
    throw new RestartFrom(earliest(members));
  }

  /** Throws when parking cannot be recorded: then the database is at fault, not the projection. */
  async #park(member: Member, error: unknown): Promise<void> {
    const { name } = member.projection;
    const reason = messageOf(error);
    if (member.checkpoint.error === reason) return;
    if (!(await parkCheckpoint(this.options.dataSource, member.checkpoint, reason))) throw error;
    member.checkpoint = { ...member.checkpoint, status: "FAILED", error: reason };
    this.options.log(`Projection ${name} is parked, it will be retried: ${reason}`);
    this.#tell([member]);
  }

  /**
   * The common reader restarts from the earliest checkpoint; events that the other projections have applied are left
   * out for them.
   */
  async #join(member: Member, reader: Subscription): Promise<void> {
    if (this.#stopping || this.#alone.get(member) !== reader) return;
    await reader.stop();
    this.#alone.delete(member);
    await this.#reader?.stop();
    this.#together.push(member);
    this.#readTogether();
  }

  #change(step: () => Promise<void>): Promise<void> {
    this.#changes = this.#changes.then(step).catch((error: unknown) => {
      this.options.log(`The readers of the projections could not be changed: ${messageOf(error)}`);
    });
    return this.#changes;
  }

  #tell(members: readonly Member[]): void {
    this.options.moved(members.map(({ checkpoint }) => checkpoint));
    const isNew = members.some(({ projection, checkpoint }) =>
      checkpoint.stalled.some(({ providerId }) => !this.#recovering.has(recoveryOf(projection, providerId))),
    );
    if (isNew) void this.#change(() => this.#recoverStalled());
  }

  /** Reads from the position of each stalled provider's rows, repeatedly, until they have reached the checkpoint. */
  async #recoverStalled(): Promise<void> {
    if (this.#stopping) return;
    for (const { projection, providerId, position, event } of await listStalls(this.options.dataSource)) {
      const member = this.#members.find(({ projection: { name } }) => name === projection);
      const key = member && recoveryOf(member.projection, providerId);
      if (!member || key === undefined || this.#recovering.has(key)) continue;
      const { stream, revision, reason } = event;
      this.options.log(`Provider ${providerId} is stalled in ${projection} before ${stream}@${revision}: ${reason}`);
      this.#recovering.set(key, this.#recover(member, providerId, position, key));
    }
  }

  /** A reader for one stall: when that ends it only stops, so that it cannot run past a later one. */
  #recover(member: Member, providerId: string, position: Position, key: string): Subscription {
    let from = position;
    let isDone = false;
    const reader = this.options.store.subscribe({
      name: `${member.projection.name} of provider ${providerId}`,
      from,
      unreadable: "HAND_OVER",
      onBatch: async (batch) => {
        if (isDone) return;
        try {
          const recovery = await recover(this.options, member, providerId, batch, from);
          from = batch.position;
          if (recovery.kind === "BEHIND") return;
          isDone = true;
          if (recovery.kind === "FOLLOWS") this.#followAgain(member, providerId, recovery.checkpoint);
          // Not awaited: the reader stops only after this batch.
          void this.#change(async () => {
            await reader.stop();
            this.#recovering.delete(key);
            await this.#recoverStalled();
          });
        } catch (error) {
          if (error instanceof RestartFrom) from = error.position;
          throw error;
        }
      },
    });
    return reader;
  }

  #followAgain(member: Member, providerId: string, { stalls, stalled }: Checkpoint): void {
    member.checkpoint = { ...member.checkpoint, stalls, stalled };
    this.options.log(`Provider ${providerId} follows ${member.projection.name} again`);
    this.#tell([member]);
  }
}

const recoveryOf = ({ name }: Projection, providerId: string): string => `${name}/${providerId}`;

/** Pairs projections with their checkpoints. */
export const membersOf = (projections: readonly Projection[], checkpoints: readonly Checkpoint[]): Member[] =>
  projections.flatMap((projection) => {
    const checkpoint = checkpoints.find(({ name }) => name === projection.name);
    return checkpoint?.version === projection.version ? [{ projection, checkpoint }] : [];
  });

const earliest = (members: readonly Member[]): Position =>
  members
    .map(({ checkpoint }) => checkpoint.position)
    .reduce((least, position) => (comparePositions(position, least) < 0 ? position : least));
