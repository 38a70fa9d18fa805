import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import streamsGrpc from "@eventstore/db-client/generated/streams_grpc_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import type { StreamsClient } from "@eventstore/db-client/generated/streams_grpc_pb.js";
import persistentGrpc from "@eventstore/db-client/generated/persistent_grpc_pb.js";
import persistentPb from "@eventstore/db-client/generated/persistent_pb.js";
import type { PersistentSubscriptionsClient } from "@eventstore/db-client/generated/persistent_grpc_pb.js";
import { status, type ServiceError } from "@grpc/grpc-js";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collect } from "../support/events.js";
import { openTarget, type Target } from "../support/target.js";

describe("a name that is not valid UTF-8", () => {
  let target: Target;
  let raw: StreamsClient;
  let persistent: PersistentSubscriptionsClient;

  beforeAll(async () => {
    target = await openTarget();
    raw = new streamsGrpc.StreamsClient(target.address, target.channel);
    persistent = new persistentGrpc.PersistentSubscriptionsClient(target.address, target.channel);
  });

  afterAll(async () => {
    raw.close();
    persistent.close();
    await target.close();
  });

  const identifier = () => new sharedPb.StreamIdentifier().setStreamName(Buffer.from([0x61, 0xff]));
  const refusal = (call: (answer: (error: ServiceError | null) => void) => unknown) =>
    new Promise((resolve) => {
      call((error) => {
        resolve(error && [error.code, error.details]);
      });
    });

  it("is refused by every call, and nothing is written", async () => {
    const empty = new sharedPb.Empty();
    const read = (options: InstanceType<typeof streamsPb.ReadReq.Options>) =>
      refusal((answer) => {
        options.setStream(
          new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier()).setStart(empty),
        );
        raw
          .read(new streamsPb.ReadReq().setOptions(options))
          .on("error", (error: ServiceError) => {
            answer(error);
          })
          .on("data", () => {
            answer(null);
          });
      });
    const refused = await Promise.all([
      refusal((answer) => {
        const call = raw.append(answer);
        const options = new streamsPb.AppendReq.Options().setStreamIdentifier(identifier()).setAny(empty);
        call.write(new streamsPb.AppendReq().setOptions(options));
        const event = new streamsPb.AppendReq.ProposedMessage().setId(new sharedPb.UUID().setString(randomUUID()));
        event.getMetadataMap().set("type", "t").set("content-type", "application/json");
        call.write(new streamsPb.AppendReq().setProposedMessage(event));
        call.end();
      }),
      refusal((answer) =>
        raw.delete(
          new streamsPb.DeleteReq().setOptions(
            new streamsPb.DeleteReq.Options().setStreamIdentifier(identifier()).setAny(empty),
          ),
          answer,
        ),
      ),
      refusal((answer) =>
        raw.tombstone(
          new streamsPb.TombstoneReq().setOptions(
            new streamsPb.TombstoneReq.Options().setStreamIdentifier(identifier()).setAny(empty),
          ),
          answer,
        ),
      ),
      read(new streamsPb.ReadReq.Options().setCount("1")),
      read(new streamsPb.ReadReq.Options().setSubscription(new streamsPb.ReadReq.Options.SubscriptionOptions())),
      refusal((answer) =>
        persistent.delete(
          new persistentPb.DeleteReq().setOptions(
            new persistentPb.DeleteReq.Options().setStreamIdentifier(identifier()).setGroupName("g"),
          ),
          answer,
        ),
      ),
    ]);
    expect(refused).toEqual(refused.map(() => [status.INVALID_ARGUMENT, "the name of the stream is not valid UTF-8"]));
    const everything = await collect(target.client.readAll());
    expect(everything.filter(({ stream }) => !stream.startsWith("$tenure"))).toEqual([]);
  });
});
