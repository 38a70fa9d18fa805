import type { ServerInterceptor } from "@grpc/grpc-js";
import type { LogStore } from "../log/store.js";
import type { ReadConditions } from "../services/read-conditions.js";
import { CallFaults } from "./calls.js";
import { CommitFaults } from "./commits.js";
import { Follower, type Node } from "./follower.js";
import type { FaultOrder } from "./orders.js";
import { SlowConsumers } from "./slow-consumers.js";
import { Sockets } from "./sockets.js";

/**
 * Takes orders from the process that forked this one, and answers { type: "fault", port?, dropped } when they are in
 * force. There is no other way to give orders: no port and no file, and without a parent's channel and its variable in
 * the environment (faults-allowed.ts) this module is not loaded.
 */
export class FaultControl {
  private readonly sockets = new Sockets();
  private readonly commits = new CommitFaults();
  private readonly calls = new CallFaults(() => {
    this.sockets.cut();
  });

  private readonly follower = new Follower();
  private readonly slowConsumers = new SlowConsumers();

  constructor() {
    process.on("message", (message) => {
      if (typeof message !== "object" || message === null || !("fault" in message)) return;
      void this.obey(message as FaultOrder).then(() =>
        process.send?.({ type: "fault", port: this.follower.port, dropped: this.slowConsumers.dropped }),
      );
    });
  }

  get interceptors(): ServerInterceptor[] {
    return [this.follower.interceptor, this.calls.interceptor];
  }

  watch(store: LogStore): void {
    this.commits.watch(store);
  }

  /** The node that the follower follows, once it listens. */
  attach(leader: Node): void {
    this.follower.leader = leader;
  }

  get followers(): readonly number[] {
    return this.follower.port === undefined ? [] : [this.follower.port];
  }

  get readConditions(): ReadConditions {
    return {
      log: (address) => this.follower.logOf(address),
      isTooSlow: (consumer) => this.slowConsumers.isTooSlow(consumer),
    };
  }

  private async obey(order: FaultOrder): Promise<void> {
    switch (order.fault) {
      case "follower":
        await this.follower.follow(order.lateMs);
        break;
      case "drop-slow-consumers":
        this.slowConsumers.drop(order.on, order.atOnce);
        break;
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
