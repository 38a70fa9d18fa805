import type { LogStore } from "../log/store.js";

/** A log as it was some time ago, as a follower has it. */
export class LateLog {
  /** Milliseconds. */
  byMs = 0;
  /** The store for readers, with an earlier end. */
  readonly log: LogStore;
  private readonly listeners = new Set<() => void>();

  constructor(store: LogStore) {
    this.log = Object.assign(Object.create(store) as LogStore, {
      head: store.head,
      onAdvance: (listener: () => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    });
    store.onAdvance(() => {
      const { head } = store;
      setTimeout(() => {
        this.log.head = Math.max(this.log.head, head);
        for (const listener of this.listeners) listener();
      }, this.byMs).unref();
    });
  }
}
