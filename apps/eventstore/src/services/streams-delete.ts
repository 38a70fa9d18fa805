import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Access } from "../access/access.js";
import type { Append } from "../log/append.js";
import type { Committer } from "../log/committer.js";
import { describedStream } from "../log/retention.js";
import { expectedRevision, streamName } from "../protocol/append-request.js";
import { asRequestError, invalidArgument, streamDeleted, wrongExpectedVersion } from "../protocol/errors.js";

/** Streams.Delete: for readers the stream no longer exists until the next append. */
export const deleteHandler =
  (committer: Committer, access: Access) =>
  (call: ServerUnaryCall<DeleteReq, DeleteResp>, respond: sendUnaryData<DeleteResp>): void => {
    remove(committer, access, "soft", call).then(
      (position) => {
        const response = new streamsPb.DeleteResp();
        if (position === undefined) response.setNoPosition(new sharedPb.Empty());
        else response.setPosition(at(new streamsPb.DeleteResp.Position(), position));
        respond(null, response);
      },
      (error: unknown) => {
        respond(asRequestError(error));
      },
    );
  };

/** Streams.Tombstone: the stream can never be read or appended to again. */
export const tombstoneHandler =
  (committer: Committer, access: Access) =>
  (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, respond: sendUnaryData<TombstoneResp>): void => {
    remove(committer, access, "tombstone", call).then(
      (position) => {
        const response = new streamsPb.TombstoneResp();
        if (position === undefined) response.setNoPosition(new sharedPb.Empty());
        else response.setPosition(at(new streamsPb.TombstoneResp.Position(), position));
        respond(null, response);
      },
      (error: unknown) => {
        respond(asRequestError(error));
      },
    );
  };

/** Throws RequestError. */
const remove = async (
  committer: Committer,
  access: Access,
  deletion: NonNullable<Append["deletion"]>,
  call: ServerUnaryCall<DeleteReq, DeleteResp> | ServerUnaryCall<TombstoneReq, TombstoneResp>,
): Promise<number | undefined> => {
  const options = call.request.getOptions();
  if (!options) throw invalidArgument("the request has no options");
  const stream = streamName(options.getStreamIdentifier());
  if (describedStream(stream)) throw invalidArgument("a stream of metadata cannot be deleted");
  access.require(call.metadata, "delete", stream);
  const expected = expectedRevision(options);
  const expired = () => call.cancelled;
  const result = await committer.append({ stream, expected, events: [], deletion, expired });
  switch (result.kind) {
    case "appended":
      return result.position;
    case "wrong_expected_version":
      throw wrongExpectedVersion(stream, expected, result.current);
    case "stream_deleted":
      throw streamDeleted(stream);
    case "expired":
      // The call was cancelled: the client does not read this.
      return undefined;
  }
};

interface Position<T> {
  setCommitPosition(value: string): T;
  setPreparePosition(value: string): T;
}

const at = <T extends Position<T>>(message: T, position: number): T =>
  message.setCommitPosition(position.toString()).setPreparePosition(position.toString());
