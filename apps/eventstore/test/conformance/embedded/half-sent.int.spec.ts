import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import streamsGrpc from "@eventstore/db-client/generated/streams_grpc_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import { credentials, status, type ServiceError } from "@grpc/grpc-js";
import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { collect } from "../support/events.js";
import { startServer, temporaryFolders } from "../support/server.js";
import { EventStoreDBClient } from "@eventstore/db-client";

const folders = temporaryFolders();

afterAll(() => {
  folders.removeAll();
});

const identifier = () => new sharedPb.StreamIdentifier().setStreamName(Buffer.from("half"));
const id = () => new sharedPb.UUID().setString(randomUUID());

describe("an append of which a part has been sent", () => {
  it("ends with UNAVAILABLE when the server stops, in both ways of appending, and nothing is written", async () => {
    const data = folders.create();
    const server = await startServer(data);
    const client = new streamsGrpc.StreamsClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
    const outcomes = [
      new Promise<number | undefined>((resolve) => {
        const call = client.append((error) => {
          resolve(error?.code);
        });
        call.on("error", () => undefined);
        const options = new streamsPb.AppendReq.Options()
          .setStreamIdentifier(identifier())
          .setAny(new sharedPb.Empty());
        call.write(new streamsPb.AppendReq().setOptions(options));
        const event = new streamsPb.AppendReq.ProposedMessage().setId(id());
        event.getMetadataMap().set("type", "t").set("content-type", "application/json");
        call.write(new streamsPb.AppendReq().setProposedMessage(event));
      }),
      new Promise<number | undefined>((resolve) => {
        const call = client.batchAppend();
        call.on("error", (error: ServiceError) => {
          resolve(error.code);
        });
        call.on("data", () => undefined);
        const options = new streamsPb.BatchAppendReq.Options().setStreamIdentifier(identifier());
        const event = new streamsPb.BatchAppendReq.ProposedMessage().setId(id());
        event.getMetadataMap().set("type", "t").set("content-type", "application/json");
        call.write(
          new streamsPb.BatchAppendReq().setCorrelationId(id()).setOptions(options).setProposedMessagesList([event]),
        );
      }),
    ];
    // A call after them on the same connection: what they sent has arrived.
    await new Promise<void>((resolve) => {
      const none = new streamsPb.DeleteReq.Options().setStreamIdentifier(identifier()).setAny(new sharedPb.Empty());
      client.delete(new streamsPb.DeleteReq().setOptions(none), () => {
        resolve();
      });
    });
    expect(await server.stop()).toBe(0);
    expect(await Promise.all(outcomes)).toEqual([status.UNAVAILABLE, status.UNAVAILABLE]);
    client.close();
    const again = await startServer(data);
    const reader = EventStoreDBClient.connectionString(again.url);
    const everything = await collect(reader.readAll());
    expect(everything.filter(({ stream }) => !stream.startsWith("$tenure"))).toEqual([]);
    await reader.dispose();
    await again.stop();
  });
});
