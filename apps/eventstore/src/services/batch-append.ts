import { status, type ServerDuplexStream } from "@grpc/grpc-js";
import type { Status } from "@eventstore/db-client/generated/status_pb.js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Access } from "../access/access.js";
import type { ExpectedRevision } from "../log/append.js";
import type { Committer } from "../log/committer.js";
import { ProposedEvents, streamName } from "../protocol/append-request.js";
import { batchAnswer, batchOutcome, refusal } from "../protocol/batch-append-response.js";
import { asRequestError, invalidArgument, tooManyUnfinished, type RequestError } from "../protocol/errors.js";
import type { OpenCalls } from "./open-calls.js";

/** One append of the batch, of which not all messages have arrived. */
interface Unfinished {
  readonly correlationId: ReturnType<BatchAppendReq["getCorrelationId"]>;
  readonly options: BatchAppendReq.Options | undefined;
  readonly proposed: ProposedEvents;
  failure: RequestError | undefined;
}

/** Maximum total size of incomplete appends; further ones are refused, since waiting could block them all. */
const MAX_UNFINISHED_BYTES = 128 * 1024 * 1024;

/** Above this, no more requests are read until some have been answered. */
const MAX_UNANSWERED_BYTES = 32 * 1024 * 1024;

/**
 * Streams.BatchAppend: many concurrent appends on one call. Each gets exactly one answer, after its last message: the
 * client throws on an answer that it does not expect.
 */
export const batchAppendHandler =
  (committer: Committer, access: Access, openCalls: OpenCalls) =>
  (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    openCalls.add(call);
    const unfinished = new Map<string, Unfinished>();
    let unfinishedBytes = 0;
    let unanswered = 0;
    let unansweredBytes = 0;
    let ended = false;
    let full = false;

    const setPace = () => {
      if (full || unansweredBytes > MAX_UNANSWERED_BYTES) call.pause();
      else call.resume();
    };
    const answer = (append: Unfinished, outcome: BatchAppendResp.Success | Status) => {
      unanswered--;
      unansweredBytes -= append.proposed.bytes;
      if (call.cancelled || call.writableEnded) return;
      full = !call.write(batchAnswer(append.correlationId, append.options, outcome));
      setPace();
      if (ended && unanswered === 0) call.end();
    };
    const finish = async (append: Unfinished): Promise<BatchAppendResp.Success | Status> => {
      if (append.failure) throw append.failure;
      if (!append.options) throw invalidArgument("the append has no options");
      const expected = expectedRevision(append.options);
      const deadline = append.options.getDeadline()?.toDate().getTime() ?? Number.POSITIVE_INFINITY;
      const stream = streamName(append.options.getStreamIdentifier());
      access.require(call.metadata, "write", stream);
      const result = await committer.append({
        stream,
        expected,
        events: append.proposed.events,
        expired: () => Date.now() >= deadline,
      });
      return batchOutcome(result, expected, stream);
    };

    call.on("drain", () => {
      full = false;
      setPace();
    });
    call.on("data", (request: BatchAppendReq) => {
      const key = Buffer.from(request.getCorrelationId()?.serializeBinary() ?? []).toString("latin1");
      const append = unfinished.get(key) ?? begin(request);
      const bytesBefore = append.proposed.bytes;
      collect(append, request, unfinishedBytes < MAX_UNFINISHED_BYTES);
      unfinishedBytes += append.proposed.bytes - bytesBefore;
      if (!request.getIsFinal()) {
        unfinished.set(key, append);
        return;
      }
      unfinished.delete(key);
      unfinishedBytes -= append.proposed.bytes;
      unansweredBytes += append.proposed.bytes;
      unanswered++;
      setPace();
      finish(append).then(
        (outcome) => {
          answer(append, outcome);
        },
        (error: unknown) => {
          // A stopping server ends the call, and with it all its appends.
          const reason = asRequestError(error);
          if (reason.code !== status.UNAVAILABLE) answer(append, refusal(reason));
        },
      );
    });
    call.on("end", () => {
      ended = true;
      if (unanswered === 0) call.end();
    });
  };

const begin = (request: BatchAppendReq): Unfinished => ({
  correlationId: request.getCorrelationId(),
  options: request.getOptions(),
  proposed: new ProposedEvents(),
  failure: undefined,
});

/** After a failure the rest of the append is skipped: the answer comes after its last message. */
const collect = (append: Unfinished, request: BatchAppendReq, hasRoom: boolean): void => {
  if (append.failure) return;
  try {
    if (!hasRoom && !request.getIsFinal()) throw tooManyUnfinished();
    for (const message of request.getProposedMessagesList()) append.proposed.add(message);
  } catch (error) {
    append.failure = asRequestError(error);
  }
};

/** Throws RequestError. */
const expectedRevision = (options: BatchAppendReq.Options): ExpectedRevision => {
  if (options.hasStreamPosition()) {
    return { kind: "exact", revision: Number(options.getStreamPosition()), text: options.getStreamPosition() };
  }
  if (options.hasNoStream()) return { kind: "no_stream" };
  if (options.hasStreamExists()) return { kind: "stream_exists" };
  if (options.hasAny()) return { kind: "any" };
  throw invalidArgument("the append has no expected revision");
};
