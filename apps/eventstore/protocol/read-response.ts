import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import { ROW_HEADER, rowId, rowPosition } from "../log/row.js";
import { fieldLength, ProtoWriter, varintLength } from "./proto-writer.js";
import { uuidMessage, uuidText } from "./uuid.js";

/** The answers of Streams.Read as bytes ready to send. */

const UUID_TEXT_LENGTH = 36;

/** ReadResp { event: ReadEvent { event: RecordedEvent { id, ...the row's bytes }, commit_position } } */
export const eventMessage = (row: Buffer, structuredUuid: boolean): Buffer => {
  const structuredId = structuredUuid ? uuidMessage(rowId(row), true) : undefined;
  const idLength = structuredId?.length ?? fieldLength(UUID_TEXT_LENGTH);
  const recorded = fieldLength(idLength) + row.length - ROW_HEADER;
  const position = rowPosition(row);
  const readEvent = fieldLength(recorded) + 1 + varintLength(position);
  const writer = new ProtoWriter(Buffer.allocUnsafe(fieldLength(readEvent)));
  writer.lengthField(1, readEvent);
  writer.lengthField(1, recorded);
  writer.lengthField(1, idLength);
  if (structuredId) writer.bytes(structuredId);
  else {
    writer.lengthField(2, UUID_TEXT_LENGTH);
    writer.buffer.write(uuidText(rowId(row)), writer.offset, "latin1");
    writer.offset += UUID_TEXT_LENGTH;
  }
  row.copy(writer.buffer, writer.offset, ROW_HEADER);
  writer.offset += row.length - ROW_HEADER;
  writer.numberField(3, position);
  return writer.buffer;
};

export const streamNotFound = (stream: Buffer): Buffer => {
  const identifier = new sharedPb.StreamIdentifier();
  identifier.setStreamName(stream);
  return message((response) =>
    response.setStreamNotFound(new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(identifier)),
  );
};

export const confirmation = (subscriptionId: string): Buffer =>
  message((response) =>
    response.setConfirmation(new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId)),
  );

export const checkpoint = (position: number): Buffer =>
  message((response) =>
    response.setCheckpoint(
      new streamsPb.ReadResp.Checkpoint()
        .setCommitPosition(position.toString())
        .setPreparePosition(position.toString()),
    ),
  );

type Response = InstanceType<typeof streamsPb.ReadResp>;

const message = (fill: (response: Response) => unknown): Buffer => {
  const response = new streamsPb.ReadResp();
  fill(response);
  return Buffer.from(response.serializeBinary());
};

export const CAUGHT_UP = message((response) => response.setCaughtUp(new streamsPb.ReadResp.CaughtUp()));
export const FELL_BEHIND = message((response) => response.setFellBehind(new streamsPb.ReadResp.FellBehind()));
