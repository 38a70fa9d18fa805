import { randomUUID } from "node:crypto";
import type { sendUnaryData } from "@grpc/grpc-js";
import gossipPb from "@eventstore/db-client/generated/gossip_pb.js";
import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import type { ClusterInfo } from "@eventstore/db-client/generated/gossip_pb.js";

export interface Member {
  readonly port: number;
  readonly leads: boolean;
}

/**
 * Gossip.Read: a cluster of one leading node, unless a test changes it. `members` is called once the server listens.
 */
export const gossipHandler = (host: string, members: () => readonly Member[]) => {
  const ids = new Map<number, string>();
  const idOf = (port: number): string => {
    const id = ids.get(port) ?? randomUUID();
    ids.set(port, id);
    return id;
  };
  return (_call: unknown, respond: sendUnaryData<ClusterInfo>): void => {
    const { LEADER, FOLLOWER } = gossipPb.MemberInfo.VNodeState;
    const list = members().map(({ port, leads }) =>
      new gossipPb.MemberInfo()
        .setInstanceId(new sharedPb.UUID().setString(idOf(port)))
        .setTimeStamp((BigInt(Date.now()) * 10_000n).toString())
        .setState(leads ? LEADER : FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(new gossipPb.EndPoint().setAddress(host).setPort(port)),
    );
    respond(null, new gossipPb.ClusterInfo().setMembersList(list));
  };
};
