import { ServerInterceptingCall, type ServerInterceptor } from "@grpc/grpc-js";
import type { LogStore } from "../log/store.js";
import { notLeader } from "./calls.js";
import { LateLog } from "./late-log.js";

/** The leading server. */
export interface Node {
  readonly host: string;
  readonly port: number;
  readonly store: LogStore;
  /** Accepts calls on another port as well, and returns it. */
  listen(): Promise<number>;
}

/** A second port of the server, which behaves like a follower in a cluster. */
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

  /** The follower's log for a call to this address; undefined for a call to the leader. */
  logOf(address: string): LogStore | undefined {
    return this.isHere(address) ? this.late?.log : undefined;
  }

  /** Calls that require the leader: persistent subscriptions, and others that request it. */
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
