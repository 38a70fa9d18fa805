import { type DataSource } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { RestartFrom } from "#event-store/errors.js";
import { type EventStore, type Batch, type Subscription, type SubscriptionStatus } from "#event-store/event-store.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { applyBatch, type Member } from "./apply-batch.js";
import { applyToOne } from "./apply-one.js";
import { type Checkpoint, CheckpointMoved, loadCheckpoints, parkCheckpoint } from "./checkpoints.js";
import { isMomentary, messageOf } from "./failures.js";
import { examine, type Findings } from "./findings.js";
import { type Projection } from "./projection.js";
import { recover } from "./recovery.js";
import { listStalls } from "./stalls.js";

export interface LeaderOptions {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly log: (line: string) => void;
  /** Called after every change of checkpoints. */
  readonly moved: (checkpoints: readonly Checkpoint[]) => void;
  /** Called after every batch that those who read together have taken. */
  readonly applied: (events: readonly RecordedEvent[]) => void;
}

/**
 * What the one process that projects does. One reader feeds all projections that stand together; one that is behind,
 * or parked because a batch failed, reads alone until it has caught up, and then joins them. A provider that is stalled in
 * a projection is left out by these readers; another one tries to bring its rows on to the checkpoint.
 */
export class Leader {
  #together: Member[] = [];
  #reader: Subscription | undefined;
  readonly #alone = new Map<Member, Subscription>();
  /** Of stalled providers, by projection and provider. */
  readonly #recovering = new Map<string, Subscription>();
  #members: readonly Member[] = [];
  /** Joining and stopping take several steps: one at a time. */
  #changes: Promise<void> = Promise.resolve();
  #stopping = false;

  constructor(private readonly options: LeaderOptions) {}

  /** Those that stand furthest read together; every other one reads alone. */
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

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#changes;
    await Promise.all(this.#readers().map((reader) => reader.stop()));
  }

  /** Of the reader of all, then of those that read alone. Those of stalled providers tell of their stalls instead. */
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
        // The reader can only be stopped once this batch is done: not awaited.
        if (batch.caughtUp) void this.#change(() => this.#join(member, reader));
      },
    });
    this.#alone.set(member, reader);
  }

  async #onBatch(batch: Batch): Promise<void> {
    const members = [...this.#together];
    const findings = await examine(this.options.store, batch);
    try {
      await applyBatch(this.options.dataSource, members, batch, findings);
    } catch (error) {
      await this.#rethrowUnlessOurs(error, members);
      await this.#oneByOne(members, batch, findings);
    }
    this.#tell(members);
    this.options.applied(batch.events);
  }

  /** One of them fails: each gets a transaction of its own, so that the others go on without it. */
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

  /** Failures that say nothing about a projection: the batch is read again, from where the checkpoints really are. */
  async #rethrowUnlessOurs(error: unknown, members: readonly Member[]): Promise<void> {
    if (isMomentary(error)) throw error;
    if (!(error instanceof CheckpointMoved)) return;
    const stored = new Map((await loadCheckpoints(this.options.dataSource)).map((found) => [found.name, found]));
    for (const member of members) {
      const found = stored.get(member.projection.name);
      if (found?.version !== member.projection.version) throw error;
      member.checkpoint = found;
    }
    throw new RestartFrom(earliest(members));
  }

  /** Throws when that cannot even be noted: then it is not the projection that is at fault. */
  async #park(member: Member, error: unknown): Promise<void> {
    const { name } = member.projection;
    const reason = messageOf(error);
    if (member.checkpoint.error === reason) return;
    if (!(await parkCheckpoint(this.options.dataSource, member.checkpoint, reason))) throw error;
    member.checkpoint = { ...member.checkpoint, status: "FAILED", error: reason };
    this.options.log(`Projection ${name} is parked, it will be retried: ${reason}`);
    this.#tell([member]);
  }

  /** The reader of all starts anew from the earliest of them; what the others have seen is left out for them. */
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

  /** Reads from where the rows of each stalled provider stand, again and again, until they follow their checkpoint. */
  async #recoverStalled(): Promise<void> {
    if (this.#stopping) return;
    for (const { projection, providerId, position, event } of await listStalls(this.options.dataSource)) {
      const member = this.#members.find(({ projection: { name } }) => name === projection);
      const key = member && recoveryOf(member.projection, providerId);
      if (!member || key === undefined || this.#recovering.has(key)) continue;
      const { stream, revision, reason } = event;
      this.options.log(`Provider ${providerId} is stalled in ${projection} before ${stream}@${revision}: ${reason}`);
      const reader = this.options.store.subscribe({
        name: `${projection} of provider ${providerId}`,
        from: position,
        unreadable: "HAND_OVER",
        onBatch: async (batch) => {
          const recovered = await recover(this.options, member, providerId, batch);
          if (!recovered) return;
          member.checkpoint = { ...member.checkpoint, stalls: recovered.stalls, stalled: recovered.stalled };
          this.options.log(`Provider ${providerId} follows ${projection} again`);
          this.#tell([member]);
          // As above: not awaited.
          void this.#change(async () => {
            await reader.stop();
            this.#recovering.delete(key);
            await this.#recoverStalled();
          });
        },
      });
      this.#recovering.set(key, reader);
    }
  }
}

const recoveryOf = ({ name }: Projection, providerId: string): string => `${name}/${providerId}`;

/** What a leader is made of: projections at their checkpoints. */
export const membersOf = (projections: readonly Projection[], checkpoints: readonly Checkpoint[]): Member[] =>
  projections.flatMap((projection) => {
    const checkpoint = checkpoints.find(({ name }) => name === projection.name);
    return checkpoint?.version === projection.version ? [{ projection, checkpoint }] : [];
  });

const earliest = (members: readonly Member[]): Position =>
  members
    .map(({ checkpoint }) => checkpoint.position)
    .reduce((least, position) => (comparePositions(position, least) < 0 ? position : least));
