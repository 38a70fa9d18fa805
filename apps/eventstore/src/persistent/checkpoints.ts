import type { GroupState } from "./config.js";

/**
 * When a group stores its progress: at once after many settled messages, periodically after a few. After a crash, what
 * was settled since is sent again.
 */
export class Checkpoints {
  private settledSince = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  /** The latest state on disk. */
  durable: GroupState;

  constructor(
    state: GroupState,
    private readonly firstUnsettled: () => number,
    private readonly save: (state: GroupState) => Promise<void>,
  ) {
    this.durable = state;
  }

  settled(count: number): void {
    const { maxCheckpointCount, checkpointAfterMs, minCheckpointCount } = this.durable.config.settings;
    this.settledSince += count;
    if (this.settledSince >= maxCheckpointCount) void this.write();
    else if (this.settledSince >= minCheckpointCount && !this.timer) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        void this.write();
      }, checkpointAfterMs);
      this.timer.unref();
    }
  }

  /** Never rejects: a checkpoint that could not be written is written with the next one. */
  async write(): Promise<void> {
    while (this.writing) await this.writing;
    const { settledSince } = this;
    if (settledSince === 0) return;
    const state = { ...this.durable, next: this.firstUnsettled(), checkpointed: true };
    this.settledSince = 0;
    this.writing = this.save(state).then(
      () => {
        this.durable = state;
      },
      () => {
        this.settledSince += settledSince;
      },
    );
    await this.writing;
    this.writing = undefined;
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
