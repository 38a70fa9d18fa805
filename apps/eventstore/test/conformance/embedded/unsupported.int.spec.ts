import { jsonEvent, type EventStoreDBClient } from "@eventstore/db-client";
import operations from "@eventstore/db-client/generated/operations_grpc_pb.js";
import monitoringPb from "@eventstore/db-client/generated/monitoring_pb.js";
import monitoring from "@eventstore/db-client/generated/monitoring_grpc_pb.js";
import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import usersPb from "@eventstore/db-client/generated/users_pb.js";
import users from "@eventstore/db-client/generated/users_grpc_pb.js";
import { credentials, status, type ServiceError } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { events, newStream, readStream } from "../support/events.js";
import { openTarget, type Target } from "../support/target.js";

/** What the embedded server leaves out, and how it says so. */

let target: Target;
let client: EventStoreDBClient;

describe("what the embedded server does not do", () => {
  beforeAll(async () => {
    target = await openTarget();
    client = target.client;
  });

  afterAll(async () => {
    await target.close();
  });

  /** What a call ends with. */
  const codeOf = (call: (callback: (error: ServiceError | null) => void) => unknown): Promise<number | undefined> =>
    new Promise((resolve) => {
      call((error) => {
        resolve(error?.code);
      });
    });

  it("is answered with UNIMPLEMENTED: projections, users, operations, monitoring", async () => {
    const insecure = credentials.createInsecure();
    const ofUsers = new users.UsersClient(target.address, insecure);
    const ofOperations = new operations.OperationsClient(target.address, insecure);
    const ofMonitoring = new monitoring.MonitoringClient(target.address, insecure);
    const empty = new sharedPb.Empty();
    const projection = client.createProjection("p", "fromAll()").then(
      () => undefined,
      (error: unknown) => (error as ServiceError).code,
    );
    expect(
      await Promise.all([
        projection,
        codeOf((callback) => ofUsers.create(new usersPb.CreateReq(), callback)),
        codeOf((callback) => ofOperations.shutdown(empty, callback)),
        new Promise((resolve) => {
          const call = ofMonitoring.stats(new monitoringPb.StatsReq());
          call.on("error", ({ code }: ServiceError) => {
            resolve(code);
          });
          call.resume();
        }),
      ]),
    ).toEqual(Array.from({ length: 4 }, () => status.UNIMPLEMENTED));
    for (const used of [ofUsers, ofOperations, ofMonitoring]) used.close();
  });

  it("is refused: deleting the metadata of a stream", async () => {
    const stream = newStream();
    await client.setStreamMetadata(stream, { maxCount: 1 });
    const refused = { code: status.INVALID_ARGUMENT };
    await expect(client.deleteStream(`$$${stream}`)).rejects.toMatchObject(refused);
    await expect(client.tombstoneStream(`$$${stream}`)).rejects.toMatchObject(refused);
  });

  it("lets an event that looks like metadata be, in a stream that holds none", async () => {
    const stream = newStream();
    await client.appendToStream(stream, jsonEvent({ type: "$metadata", data: { $maxCount: 1, $acl: {} } }));
    await client.appendToStream(stream, events(1));
    expect(await readStream(client, stream)).toHaveLength(2);
  });
});
