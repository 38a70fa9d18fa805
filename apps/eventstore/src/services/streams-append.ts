import type { sendUnaryData, ServerReadableStream } from "@grpc/grpc-js";
import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import type { AppendReq, AppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Access } from "../access/access.js";
import type { AppendResult, ExpectedRevision } from "../log/append.js";
import type { Committer } from "../log/committer.js";
import { expectedRevision, ProposedEvents, streamName } from "../protocol/append-request.js";
import { asRequestError, invalidArgument, streamDeleted } from "../protocol/errors.js";
import type { OpenCalls } from "./open-calls.js";

/** Streams.Append: first the options, then one message per event, then the end. */
export const appendHandler =
  (committer: Committer, access: Access, openCalls: OpenCalls) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, respond: sendUnaryData<AppendResp>): void => {
    let options: AppendReq.Options | undefined;
    const proposed = new ProposedEvents();
    let answered = false;
    const refuse = (error: unknown) => {
      if (answered) return;
      answered = true;
      forget();
      respond(asRequestError(error));
    };
    // The rest of an append may arrive late.
    const forget = openCalls.addEnd(refuse);
    call.on("data", (request: AppendReq) => {
      if (answered) return;
      try {
        options ??= request.getOptions();
        const message = request.getProposedMessage();
        if (message) proposed.add(message);
      } catch (error) {
        refuse(error);
      }
    });
    const commit = async () => {
      if (!options) throw invalidArgument("the request has no options");
      const expected = expectedRevision(options);
      const stream = streamName(options.getStreamIdentifier());
      access.require(call.metadata, "write", stream);
      const expired = () => call.cancelled;
      const result = await committer.append({ stream, expected, events: proposed.events, expired });
      return response(result, expected, stream);
    };
    call.on("end", () => {
      forget();
      if (answered) return;
      commit().then((message) => {
        respond(null, message);
      }, refuse);
    });
    // A client that disconnects before the end has appended nothing.
    call.on("cancelled", () => {
      forget();
      answered = true;
    });
  };

const response = (result: AppendResult, expected: ExpectedRevision, stream: Buffer): AppendResp => {
  const message = new streamsPb.AppendResp();
  switch (result.kind) {
    case "appended":
      return message.setSuccess(success(result.revision, result.position));
    case "wrong_expected_version":
      return message.setWrongExpectedVersion(wrongExpectedVersion(result.current, expected));
    case "stream_deleted":
      throw streamDeleted(stream);
    case "expired":
      // The call was cancelled: the client does not read this.
      return message;
  }
};

const success = (revision: number, position: number | undefined) => {
  const message = new streamsPb.AppendResp.Success();
  if (revision < 0) message.setNoStream(new sharedPb.Empty());
  else message.setCurrentRevision(revision.toString());
  if (position === undefined) return message.setNoPosition(new sharedPb.Empty());
  return message.setPosition(
    new streamsPb.AppendResp.Position().setCommitPosition(position.toString()).setPreparePosition(position.toString()),
  );
};

const wrongExpectedVersion = (current: number, expected: ExpectedRevision) => {
  const message = new streamsPb.AppendResp.WrongExpectedVersion();
  if (current < 0) message.setCurrentNoStream(new sharedPb.Empty());
  else message.setCurrentRevision(current.toString());
  switch (expected.kind) {
    case "any":
      return message.setExpectedAny(new sharedPb.Empty());
    case "no_stream":
      return message.setExpectedNoStream(new sharedPb.Empty());
    case "stream_exists":
      return message.setExpectedStreamExists(new sharedPb.Empty());
    case "exact":
      return message.setExpectedRevision(expected.text);
  }
};
