import type { Append, AppendResult } from "./append.js";
import { CommitGroup } from "./commit-group.js";
import { NoRoom } from "./room.js";
import type { LogStore } from "./store.js";
import { systemEvent } from "./system-events.js";

interface Waiting {
  readonly append: Append;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** A group is closed when its rows reach this size: the next one can be read and prepared while it is flushed. */
const MAX_GROUP_BYTES = 4 * 1024 * 1024;

/** Bytes of log after which the server writes an event of its own, as EventStoreDB does. */
const BYTES_BETWEEN_SYSTEM_EVENTS = 256 * 1024;

/**
 * The only writer of the log. Appends that arrive during a commit form the next one, so the number of flushes does not
 * grow with the number of clients.
 */
export class Committer {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private failed = false;
  private closed: Error | undefined;

  /** `onFailedCommit` is called when the state on disk is unknown; nothing is answered after that. */
  constructor(
    private readonly store: LogStore,
    private readonly onFailedCommit: (error: unknown) => void,
  ) {}

  /**
   * Resolves when the result is durable. Rejects for this append only: with CorruptRow, NoRoom, or the error given to
   * `close`.
   */
  append(append: Append): Promise<AppendResult> {
    if (this.closed) return Promise.reject(this.closed);
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      if (!this.failed) this.running ??= this.run();
    });
  }

  /** Refuses further appends, and resolves when earlier ones have been answered. */
  async close(refusal: Error): Promise<void> {
    this.closed = refusal;
    await this.running;
  }

  private async run(): Promise<void> {
    // Appends that arrive in the same turn of the event loop share the first commit.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      try {
        await this.commitNextGroup();
      } catch (error) {
        this.failed = true;
        this.onFailedCommit(error);
        break;
      }
    }
    this.running = undefined;
  }

  private async commitNextGroup(): Promise<void> {
    const group = new CommitGroup(this.store, Date.now());
    const answers: (() => void)[] = [];
    const members: Waiting[] = [];
    for (const member of this.waiting) {
      if (group.bytes >= MAX_GROUP_BYTES) break;
      const { append, resolve, reject } = member;
      members.push(member);
      try {
        const result = group.add(append);
        answers.push(() => {
          resolve(result);
        });
      } catch (error) {
        answers.push(() => {
          reject(error);
        });
      }
    }
    this.waiting = this.waiting.slice(members.length);
    if (!group.isEmpty) {
      if (crosses(this.store.nextPosition, group.bytes))
        group.add(systemEvent("$log-grew", { bytes: this.store.nextPosition }));
      try {
        await this.store.write(group.batch);
      } catch (error) {
        if (!(error instanceof NoRoom)) throw error;
        this.answerWithoutWriting(members, error);
        return;
      }
    }
    for (const answer of answers) answer();
  }

  /** The group's answers may depend on each other, so each append is decided again, against the log only. */
  private answerWithoutWriting(members: readonly Waiting[], noRoom: NoRoom): void {
    for (const { append, resolve, reject } of members) {
      const alone = new CommitGroup(this.store, Date.now());
      try {
        const result = alone.add(append);
        if (alone.isEmpty) resolve(result);
        else reject(noRoom);
      } catch (error) {
        reject(error);
      }
    }
  }
}

const crosses = (position: number, bytes: number) =>
  Math.floor(position / BYTES_BETWEEN_SYSTEM_EVENTS) !== Math.floor((position + bytes) / BYTES_BETWEEN_SYSTEM_EVENTS);
