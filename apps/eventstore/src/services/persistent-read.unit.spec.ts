import type { ServerDuplexStream } from "@grpc/grpc-js";
import persistentPb from "@eventstore/db-client/generated/persistent_pb.js";
import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import type { ReadReq } from "@eventstore/db-client/generated/persistent_pb.js";
import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import type { Access } from "../access/access.js";
import type { Group } from "../persistent/group.js";
import type { Groups } from "../persistent/groups.js";
import { subscriptionDropped } from "../protocol/persistent-errors.js";
import { persistentReadHandler } from "./persistent-read.js";

class Call extends EventEmitter {
  readonly metadata = { get: () => [] };
  readonly errors: unknown[] = [];

  constructor() {
    super();
    this.on("error", (error) => this.errors.push(error));
  }

  getPeer = () => "peer";
  write = () => true;
}

const { Options, Nack } = persistentPb.ReadReq;

const stop = () =>
  new persistentPb.ReadReq().setNack(
    new Nack()
      .setAction(Nack.Action.STOP)
      .setIdsList([new sharedPb.UUID().setString("00000000-0000-0000-0000-000000000001")]),
  );

it("ends with the reason for which its consumer was dropped, whatever the client has still sent", () => {
  const left: unknown[] = [];
  const dropped = subscriptionDropped("s", "g");
  const group: Pick<Group, "schedule" | "join" | "leave" | "reject"> = {
    schedule: () => undefined,
    join: () => undefined,
    leave: (consumer) => left.push(consumer),
    reject: (consumer) => {
      consumer.drop(dropped);
    },
  };
  const groups: Pick<Groups, "get"> = { get: () => group as Group };
  const call = new Call();
  const access: Pick<Access, "require" | "may"> = { require: () => undefined, may: () => true };
  persistentReadHandler(groups as Groups, access as Access)(call as unknown as ServerDuplexStream<ReadReq, Buffer>);
  const identifier = new sharedPb.StreamIdentifier().setStreamName(Buffer.from("s"));
  call.emit(
    "data",
    new persistentPb.ReadReq().setOptions(new Options().setStreamIdentifier(identifier).setGroupName("g")),
  );
  call.emit("data", stop());
  call.emit("data", stop());
  expect(call.errors).toEqual([dropped]);
  expect(left).toHaveLength(1);
});
