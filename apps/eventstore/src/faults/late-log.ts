import type { LogStore } from "../log/store.js";

/** A log as it was a while ago: what a follower has of it. */
export class LateLog {
  /** Milliseconds. */
  byMs = 0;
  /** For readers: the store in all but its end. */
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
