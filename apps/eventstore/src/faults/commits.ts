import { setTimeout } from "node:timers/promises";
import { NoRoom } from "../log/room.js";
import type { LogStore } from "../log/store.js";

/** Faults between the server and its log. */
export class CommitFaults {
  delayMs = 0;
  refuse = 0;
  fail = false;

  watch(store: LogStore): void {
    const write = store.write.bind(store);
    store.write = async (batch) => {
      if (this.delayMs > 0) await setTimeout(this.delayMs);
      if (this.fail) throw new Error("Input/output error (ordered by a test)");
      if (this.refuse > 0) {
        this.refuse--;
        throw new NoRoom();
      }
      await write(batch);
    };
  }
}
