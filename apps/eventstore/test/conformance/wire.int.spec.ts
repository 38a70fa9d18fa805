import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import streamsGrpc from "@eventstore/db-client/generated/streams_grpc_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import type { UUID } from "@eventstore/db-client/generated/shared_pb.js";
import type { BatchAppendReq, BatchAppendResp, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { StreamsClient } from "@eventstore/db-client/generated/streams_grpc_pb.js";
import persistentGrpc from "@eventstore/db-client/generated/persistent_grpc_pb.js";
import persistentPb from "@eventstore/db-client/generated/persistent_pb.js";
import type { PersistentSubscriptionsClient } from "@eventstore/db-client/generated/persistent_grpc_pb.js";
import type {
  CreateReq,
  GetInfoResp,
  ReadResp as PersistentResp,
  SubscriptionInfo,
} from "@eventstore/db-client/generated/persistent_pb.js";
import { status, type ServiceError } from "@grpc/grpc-js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedOnly, isNamed, openTarget, type Target } from "./support/target.js";

/** What the JavaScript client never sends, and clients of other languages do. */

let target: Target;
let client: StreamsClient;
let persistent: PersistentSubscriptionsClient;

beforeAll(async () => {
  target = await openTarget();
  client = new streamsGrpc.StreamsClient(target.address, target.channel);
  persistent = new persistentGrpc.PersistentSubscriptionsClient(target.address, target.channel);
});

afterAll(async () => {
  client.close();
  persistent.close();
  await target.close();
});

const text = (id: string): UUID => new sharedPb.UUID().setString(id);

const structured = (id: string): UUID => {
  const bytes = Buffer.from(id.replaceAll("-", ""), "hex");
  return new sharedPb.UUID().setStructured(
    new sharedPb.UUID.Structured()
      .setMostSignificantBits(bytes.readBigInt64BE(0).toString())
      .setLeastSignificantBits(bytes.readBigInt64BE(8).toString()),
  );
};

const identifier = (stream: string) => new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream));

const message = (id: UUID, properties: Record<string, string> = { type: "t", "content-type": "application/json" }) => {
  const proposed = new streamsPb.BatchAppendReq.ProposedMessage().setId(id).setData(Buffer.from("{}"));
  for (const [key, value] of Object.entries(properties)) proposed.getMetadataMap().set(key, value);
  return proposed;
};

const append = (correlationId: UUID, stream: string, messages: ReturnType<typeof message>[], isFinal = true) =>
  new streamsPb.BatchAppendReq()
    .setCorrelationId(correlationId)
    .setOptions(
      new streamsPb.BatchAppendReq.Options().setStreamIdentifier(identifier(stream)).setNoStream(new emptyPb.Empty()),
    )
    .setProposedMessagesList(messages)
    .setIsFinal(isFinal);

/**
 * The answers of one call that carries these requests. It is cancelled when all are there, and never closed before: a
 * real server gives up what it has not answered then.
 */
const batch = async (...requests: BatchAppendReq[]): Promise<BatchAppendResp.AsObject[]> => {
  const call = client.batchAppend();
  const answers: BatchAppendResp.AsObject[] = [];
  const expected = requests.filter((request) => request.getIsFinal()).length;
  call.on("error", () => undefined);
  call.on("data", (answer: BatchAppendResp) => answers.push(answer.toObject()));
  for (const request of requests) call.write(request);
  while (answers.length < expected) await once(call, "data");
  call.cancel();
  return answers;
};

/** A real server tells a request without options from others by nothing but its refusal. */
const REFUSALS: readonly number[] = isNamed ? [status.INVALID_ARGUMENT, status.UNKNOWN] : [status.INVALID_ARGUMENT];

const read = async (stream: string, structuredIds: boolean): Promise<ReadResp.AsObject[]> => {
  const empty = new sharedPb.Empty();
  const form = new streamsPb.ReadReq.Options.UUIDOption();
  const options = new streamsPb.ReadReq.Options()
    .setStream(new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(stream)).setStart(empty))
    .setCount("100")
    .setNoFilter(empty)
    .setUuidOption(structuredIds ? form.setStructured(empty) : form.setString(empty));
  const responses: ReadResp.AsObject[] = [];
  for await (const response of client.read(new streamsPb.ReadReq().setOptions(options))) {
    responses.push((response as ReadResp).toObject());
  }
  return responses;
};

const ids = async (stream: string, structuredIds: boolean) =>
  (await read(stream, structuredIds)).map(({ event }) => event?.event?.id);

it("takes ids as text or as two numbers, and gives them in the form that is asked for", async () => {
  const stream = `uuid-${randomUUID()}`;
  const list = [
    "00000000-0000-0000-0000-000000000001",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    randomUUID(),
    randomUUID(),
  ];
  const messages = list.map((id, n) => message(n % 2 === 0 ? text(id.toUpperCase()) : structured(id)));
  await batch(append(structured(randomUUID()), stream, messages));
  expect(await ids(stream, false)).toEqual(list.map((id) => text(id).toObject()));
  expect(await ids(stream, true)).toEqual(list.map((id) => structured(id).toObject()));
});

it("knows a retry by its ids whichever form they have", async () => {
  const stream = `uuid-${randomUUID()}`;
  const id = randomUUID();
  const [first] = await batch(append(text("a".repeat(32)), stream, [message(text(id))]));
  const [second] = await batch(append(text("a".repeat(32)), stream, [message(structured(id))]));
  expect(second).toEqual(first);
  expect(await ids(stream, false)).toHaveLength(1);
});

it("answers with the correlation id in the form in which it came", async () => {
  const correlationIds = [text(randomUUID()), structured(randomUUID())];
  const answers = await batch(
    ...correlationIds.map((id) => append(id, `c-${randomUUID()}`, [message(text(randomUUID()))])),
  );
  expect(answers.map(({ correlationId }) => correlationId)).toEqual(correlationIds.map((id) => id.toObject()));
});

it("answers each append once, after its last message, when messages of several appends are mixed", async () => {
  const [a, b] = [text(randomUUID()), text(randomUUID())];
  const [streamA, streamB] = [`m-${randomUUID()}`, `m-${randomUUID()}`];
  const next = () => [message(text(randomUUID()))];
  const answers = await batch(
    append(a, streamA, next(), false),
    append(b, streamB, next(), false),
    append(a, streamA, next(), false),
    append(b, streamB, next()),
    append(a, streamA, next()),
  );
  expect(answers.map(({ correlationId, success }) => [correlationId, success?.currentRevision])).toEqual([
    [b.toObject(), "1"],
    [a.toObject(), "2"],
  ]);
});

const BAD: [string, ReturnType<typeof message>[], string][] = [
  ["an id that is none", [message(text("not-an-id"))], "an event has no valid id"],
  ["the nil UUID as id", [message(text("0".repeat(32)))], "an event has no valid id"],
  [
    "no type",
    [message(text(randomUUID()), { "content-type": "application/json" })],
    "an event needs the metadata properties type and content-type",
  ],
];

describe.each(BAD)("an append with %s", (_, bad, reason) => {
  embeddedOnly("a real server ends the call")(
    "is refused, not written in part, and the next one is taken",
    async () => {
      const stream = `bad-${randomUUID()}`;
      const refused = append(text(randomUUID()), stream, [message(text(randomUUID())), ...bad]);
      const accepted = append(text(randomUUID()), stream, [message(text(randomUUID()))]);
      const [first, second] = await batch(refused, accepted);
      expect(first?.error).toMatchObject({ code: status.INVALID_ARGUMENT, message: reason });
      expect(second?.success?.currentRevision).toBe("0");
    },
  );
});

it("drops an append that its client never finished", async () => {
  const stream = `unfinished-${randomUUID()}`;
  expect(await batch(append(text(randomUUID()), stream, [message(text(randomUUID()))], false))).toEqual([]);
  expect((await read(stream, false)).map(({ streamNotFound }) => streamNotFound !== undefined)).toEqual([true]);
});

it("refuses a read without options, a subscription backwards and a filter on a stream", async () => {
  const empty = new sharedPb.Empty();
  const options = () =>
    new streamsPb.ReadReq.Options().setStream(
      new streamsPb.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier("s")).setStart(empty),
    );
  const { BACKWARDS } = streamsPb.ReadReq.Options.ReadDirection;
  const requests = [
    new streamsPb.ReadReq(),
    new streamsPb.ReadReq().setOptions(
      options().setReadDirection(BACKWARDS).setSubscription(new streamsPb.ReadReq.Options.SubscriptionOptions()),
    ),
    new streamsPb.ReadReq().setOptions(
      options().setCount("1").setFilter(new streamsPb.ReadReq.Options.FilterOptions()),
    ),
  ];
  for (const request of requests) {
    const call = client.read(request);
    call.resume();
    const refusal = await once(call, "end").then(
      () => undefined,
      (error: unknown) => (error as ServiceError).code,
    );
    expect(REFUSALS).toContain(refusal);
  }
});

/** What a call without an answer stream ends with. */
const codeOf = (call: (callback: (error: ServiceError | null) => void) => unknown): Promise<number | undefined> =>
  new Promise((resolve) => {
    call((error) => {
      resolve(error?.code);
    });
  });

it("refuses a request without options, whatever it is for", async () => {
  const { DeleteReq, TombstoneReq } = streamsPb;
  const codes = await Promise.all([
    codeOf((callback) => client.delete(new DeleteReq(), callback)),
    codeOf((callback) => client.tombstone(new TombstoneReq(), callback)),
    codeOf((callback) => persistent.create(new persistentPb.CreateReq(), callback)),
    codeOf((callback) => persistent.update(new persistentPb.UpdateReq(), callback)),
    codeOf((callback) => persistent.delete(new persistentPb.DeleteReq(), callback)),
    codeOf((callback) => persistent.getInfo(new persistentPb.GetInfoReq(), callback)),
    codeOf((callback) => persistent.replayParked(new persistentPb.ReplayParkedReq(), callback)),
    codeOf((callback) => persistent.list(new persistentPb.ListReq(), callback)),
  ]);
  expect(codes.filter((code) => code === undefined || !REFUSALS.includes(code))).toEqual([]);
});

describe("a persistent subscription", () => {
  const { ReadReq } = persistentPb;
  const empty = new sharedPb.Empty();

  const createGroup = async (stream: string, settings: CreateReq.Settings): Promise<number | undefined> => {
    const from = new persistentPb.CreateReq.StreamOptions().setStreamIdentifier(identifier(stream)).setStart(empty);
    const options = new persistentPb.CreateReq.Options().setGroupName("g").setStream(from).setSettings(settings);
    return await codeOf((callback) => persistent.create(new persistentPb.CreateReq().setOptions(options), callback));
  };

  const groupInfo = (stream: string): Promise<SubscriptionInfo.AsObject | undefined> => {
    const options = new persistentPb.GetInfoReq.Options().setStreamIdentifier(identifier(stream)).setGroupName("g");
    return new Promise((resolve) => {
      persistent.getInfo(new persistentPb.GetInfoReq().setOptions(options), (_error, response?: GetInfoResp) => {
        resolve(response?.getSubscriptionInfo()?.toObject());
      });
    });
  };

  const usual = () =>
    new persistentPb.CreateReq.Settings()
      .setMessageTimeoutTicks("300000000")
      .setCheckpointAfterTicks("20000000")
      .setMaxRetryCount(10)
      .setMinCheckpointCount(1)
      .setMaxCheckpointCount(100)
      .setLiveBufferSize(50)
      .setReadBatchSize(10)
      .setHistoryBufferSize(50);

  it("takes times in ticks and a strategy in words, as newer clients send them", async () => {
    const stream = `ticks-${randomUUID()}`;
    expect(await createGroup(stream, usual().setConsumerStrategy("Pinned"))).toBeUndefined();
    expect(await groupInfo(stream)).toMatchObject({
      namedConsumerStrategy: "Pinned",
      messageTimeoutMilliseconds: 30_000,
      checkPointAfterMilliseconds: 2000,
      startFrom: "0",
    });
  });

  it("can be pinned by correlation, which has no number", async () => {
    const stream = `correlated-${randomUUID()}`;
    expect(await createGroup(stream, usual().setConsumerStrategy("PinnedByCorrelation"))).toBeUndefined();
    expect(await groupInfo(stream)).toMatchObject({ namedConsumerStrategy: "PinnedByCorrelation" });
  });

  it("is refused with a strategy that there is not, and with buffers of nothing", async () => {
    const stream = `refused-${randomUUID()}`;
    const codes = [
      await createGroup(stream, usual().setConsumerStrategy("Astrology")),
      await createGroup(stream, usual().setReadBatchSize(0)),
    ];
    expect(codes.every((code) => code !== undefined)).toBe(true);
  });

  it("gives ids as two numbers to who asks for them so, and is acknowledged by them", async () => {
    const [stream, id] = [`structured-${randomUUID()}`, randomUUID()];
    await batch(append(text(randomUUID()), stream, [message(text(id))]));
    await createGroup(stream, usual());
    const call = persistent.read();
    const responses: PersistentResp.AsObject[] = [];
    call.on("data", (response: PersistentResp) => responses.push(response.toObject()));
    const uuids = new ReadReq.Options.UUIDOption().setStructured(empty);
    const options = new ReadReq.Options().setStreamIdentifier(identifier(stream)).setGroupName("g").setBufferSize(5);
    call.write(new ReadReq().setOptions(options.setUuidOption(uuids)));
    while (responses.length < 2) await once(call, "data");
    call.on("error", () => undefined);
    call.write(new ReadReq().setAck(new ReadReq.Ack().setIdsList([structured(id)])));
    while ((await groupInfo(stream))?.totalInFlightMessages !== 0) await delay(10);
    call.cancel();
    expect(responses).toMatchObject([
      { subscriptionConfirmation: { subscriptionId: expect.stringContaining("g") as string } },
      { event: { event: { id: structured(id).toObject() }, retryCount: 0 } },
    ]);
  });

  it("ends a call that does not begin with options", async () => {
    const call = persistent.read();
    call.write(new ReadReq().setAck(new ReadReq.Ack().setIdsList([text(randomUUID())])));
    call.resume();
    const refusal = await once(call, "end").then(
      () => undefined,
      (error: unknown) => (error as ServiceError).code,
    );
    expect(REFUSALS).toContain(refusal);
  });
});
