import type { sendUnaryData } from "@grpc/grpc-js";
import gossipPb from "@eventstore/db-client/generated/gossip_pb.js";
import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import type { ClusterInfo } from "@eventstore/db-client/generated/gossip_pb.js";

/** Gossip.Read: a cluster of one, which leads. `port` is known once the server listens. */
export const gossipHandler =
  (instanceId: string, host: string, port: () => number) =>
  (_call: unknown, respond: sendUnaryData<ClusterInfo>): void => {
    const member = new gossipPb.MemberInfo()
      .setInstanceId(new sharedPb.UUID().setString(instanceId))
      .setTimeStamp((BigInt(Date.now()) * 10_000n).toString())
      .setState(gossipPb.MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new gossipPb.EndPoint().setAddress(host).setPort(port()));
    respond(null, new gossipPb.ClusterInfo().setMembersList([member]));
  };
