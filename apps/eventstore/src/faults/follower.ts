import { ServerInterceptingCall, type ServerInterceptor } from "@grpc/grpc-js";
import type { LogStore } from "../log/store.js";
import { notLeader } from "./calls.js";
import { LateLog } from "./late-log.js";

/** The server that leads. */
export interface Node {
  readonly host: string;
  readonly port: number;
  readonly store: LogStore;
  /** Takes calls on another port as well, and tells which. */
  listen(): Promise<number>;
}

/** A second port of the server, which behaves as a node of a cluster that does not lead. */
export class Follower {
  leader: Node | undefined;
  /** undefined until there is a follower. */
  port: number | undefined;
  private late: LateLog | undefined;

  async follow(lateMs: number): Promise<void> {
    const { leader } = this;
    if (!leader) throw new Error("a follower was ordered of a server that does not listen yet");
    this.late ??= new LateLog(leader.store);
    this.late.byMs = lateMs;
    this.port ??= await leader.listen();
  }

  /** The log as a call finds it that was made to this address; undefined when it was made to the leader. */
  logOf(address: string): LogStore | undefined {
    return this.isHere(address) ? this.late?.log : undefined;
  }

  /** Persistent subscriptions are the leader's alone; of the other calls, those that say so. */
  readonly interceptor: ServerInterceptor = ({ path }, call) => {
    const { leader } = this;
    if (!leader || !this.isHere(call.getHost())) return new ServerInterceptingCall(call);
    const refusal = notLeader(leader.host, leader.port.toString());
    return new ServerInterceptingCall(call, {
      start: (next) => {
        next({
          onReceiveMetadata: (metadata, proceed) => {
            const isForLeader = metadata.get("requires-leader")[0]?.toString() === "true";
            if (isForLeader || path.includes(".PersistentSubscriptions/")) call.sendStatus(refusal);
            else proceed(metadata);
          },
        });
      },
    });
  };

  private isHere(address: string): boolean {
    return this.port !== undefined && address.endsWith(`:${this.port}`);
  }
}
