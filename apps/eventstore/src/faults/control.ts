import type { ServerInterceptor } from "@grpc/grpc-js";
import type { LogStore } from "../log/store.js";
import { CallFaults } from "./calls.js";
import { CommitFaults } from "./commits.js";
import type { FaultOrder } from "./orders.js";
import { Sockets } from "./sockets.js";

/**
 * Takes orders from the process that forked this one, and answers { type: "fault" } when they are in force. Nobody else
 * can give any: there is no port and no file, and without a parent's channel and its word in the environment
 * (faults-allowed.ts) this module is not even loaded.
 */
export class FaultControl {
  private readonly sockets = new Sockets();
  private readonly commits = new CommitFaults();
  private readonly calls = new CallFaults(() => {
    this.sockets.cut();
  });

  constructor() {
    process.on("message", (message) => {
      if (typeof message !== "object" || message === null || !("fault" in message)) return;
      this.obey(message as FaultOrder);
      process.send?.({ type: "fault" });
    });
  }

  get interceptors(): ServerInterceptor[] {
    return [this.calls.interceptor];
  }

  watch(store: LogStore): void {
    this.commits.watch(store);
  }

  private obey(order: FaultOrder): void {
    switch (order.fault) {
      case "cut-connections":
        this.sockets.cut();
        break;
      case "cut-instead-of-answer":
        this.calls.cutInsteadOfAnswer = order.appends;
        break;
      case "withhold-answers":
        this.calls.withholdAnswers = order.appends;
        break;
      case "not-leader":
        this.calls.notLeader = order.calls;
        break;
      case "abort-reads":
        this.calls.abortReads();
        break;
      case "duplicate-events":
        this.calls.duplicateEvents = order.on;
        break;
      case "delay-commits":
        this.commits.delayMs = order.ms;
        break;
      case "refuse-commits":
        this.commits.refuse = order.commits;
        break;
      case "fail-commit":
        this.commits.fail = true;
        break;
    }
  }
}
