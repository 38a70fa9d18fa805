import { status } from "@grpc/grpc-js";
import codePb, { type Code } from "@eventstore/db-client/generated/code_pb.js";
import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import statusPb from "@eventstore/db-client/generated/status_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import type { UUID } from "@eventstore/db-client/generated/shared_pb.js";
import type { Status } from "@eventstore/db-client/generated/status_pb.js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Message } from "google-protobuf";
import anyPb from "google-protobuf/google/protobuf/any_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import type { AppendResult, ExpectedRevision } from "../log/append.js";
import { appendTooLarge, MAX_APPEND_BYTES, type RequestError } from "./errors.js";

/** The answer to one append of a batch: clients find the call that waits for it by the correlation id. */
export const batchAnswer = (
  correlationId: UUID | undefined,
  options: BatchAppendReq.Options | undefined,
  outcome: BatchAppendResp.Success | Status,
): BatchAppendResp => {
  const response = new streamsPb.BatchAppendResp();
  response.setCorrelationId(correlationId);
  // The client reads the stream's name from every error.
  response.setStreamIdentifier(options?.getStreamIdentifier() ?? new sharedPb.StreamIdentifier());
  if (options) echoExpectedPosition(response, options);
  if (outcome instanceof statusPb.Status) response.setError(outcome);
  else response.setSuccess(outcome);
  return response;
};

const echoExpectedPosition = (response: BatchAppendResp, options: BatchAppendReq.Options): void => {
  if (options.hasStreamPosition()) response.setStreamPosition(options.getStreamPosition());
  else if (options.hasNoStream()) response.setNoStream(options.getNoStream());
  else if (options.hasAny()) response.setAny(options.getAny());
  else if (options.hasStreamExists()) response.setStreamExists(options.getStreamExists());
};

export const batchOutcome = (
  result: AppendResult,
  expected: ExpectedRevision,
  stream: Buffer,
): BatchAppendResp.Success | Status => {
  switch (result.kind) {
    case "appended":
      return success(result.revision, result.position);
    case "wrong_expected_version":
      return failure(
        codePb.Code.FAILED_PRECONDITION,
        "the stream is not at the expected revision",
        "WrongExpectedVersion",
        wrongExpectedVersion(result.current, expected),
      );
    case "stream_deleted": {
      const identifier = new sharedPb.StreamIdentifier();
      identifier.setStreamName(stream);
      const details = new sharedPb.StreamDeleted().setStreamIdentifier(identifier);
      return failure(codePb.Code.FAILED_PRECONDITION, "the stream is deleted", "StreamDeleted", details);
    }
    case "expired":
      return failure(codePb.Code.DEADLINE_EXCEEDED, "the deadline has passed", "Timeout", new sharedPb.Timeout());
  }
};

const success = (revision: number, position: number | undefined): BatchAppendResp.Success => {
  const message = new streamsPb.BatchAppendResp.Success();
  if (revision < 0) message.setNoStream(new emptyPb.Empty());
  else message.setCurrentRevision(revision.toString());
  if (position === undefined) message.setNoPosition(new emptyPb.Empty());
  else {
    message.setPosition(
      new sharedPb.AllStreamPosition().setCommitPosition(position.toString()).setPreparePosition(position.toString()),
    );
  }
  return message;
};

const wrongExpectedVersion = (current: number, expected: ExpectedRevision) => {
  const details = new sharedPb.WrongExpectedVersion();
  if (current < 0) details.setCurrentNoStream(new emptyPb.Empty());
  else details.setCurrentStreamRevision(current.toString());
  switch (expected.kind) {
    case "any":
      return details.setExpectedAny(new emptyPb.Empty());
    case "no_stream":
      return details.setExpectedNoStream(new emptyPb.Empty());
    case "stream_exists":
      return details.setExpectedStreamExists(new emptyPb.Empty());
    case "exact":
      return details.setExpectedStreamPosition(expected.text);
  }
};

const CODES: Partial<Record<status, Code>> = {
  [status.INVALID_ARGUMENT]: codePb.Code.INVALID_ARGUMENT,
  [status.RESOURCE_EXHAUSTED]: codePb.Code.RESOURCE_EXHAUSTED,
  [status.UNIMPLEMENTED]: codePb.Code.UNIMPLEMENTED,
  [status.DATA_LOSS]: codePb.Code.DATA_LOSS,
  [status.INTERNAL]: codePb.Code.INTERNAL,
};

export const refusal = (error: RequestError): Status => {
  if (error.metadata.get("exception")[0] === appendTooLarge().metadata.get("exception")[0]) {
    const details = new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES);
    return failure(codePb.Code.INVALID_ARGUMENT, error.details, "MaximumAppendSizeExceeded", details);
  }
  if (error.code === status.PERMISSION_DENIED) {
    return failure(codePb.Code.PERMISSION_DENIED, error.details, "AccessDenied", new sharedPb.AccessDenied());
  }
  const details = new sharedPb.BadRequest().setMessage(error.details);
  return failure(CODES[error.code] ?? codePb.Code.UNKNOWN, error.details, "BadRequest", details);
};

/** Clients dispatch on the type of the details; the code is informational. */
const failure = (code: Code, message: string, type: string, details: Message): Status => {
  const packed = new anyPb.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new statusPb.Status().setCode(code).setMessage(message).setDetails(packed);
};
