import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import { ROW_HEADER, rowId, rowPosition } from "../log/row.js";
import { original, type ResolvedEvent } from "../streams/links.js";
import { fieldLength, ProtoWriter, varintLength } from "./proto-writer.js";
import { uuidMessage, uuidText } from "./uuid.js";

/** The answers of Streams.Read as bytes ready to send. */

const UUID_TEXT_LENGTH = 36;

/**
 * ReadResp { event: ReadEvent { event: RecordedEvent { id, ...the row's bytes }, link?: RecordedEvent, commit_position } }
 *
 * A persistent subscription's answers are the same bytes, and say after them how often the event has been sent before.
 */
export const eventMessage = (resolved: ResolvedEvent, structuredUuid: boolean, retryCount?: number): Buffer => {
  const { event, link } = resolved;
  const position = rowPosition(original(resolved));
  const parts = [...(event ? [{ field: 1, row: event }] : []), ...(link ? [{ field: 2, row: link }] : [])].map(
    ({ field, row }) => {
      const structuredId = structuredUuid ? uuidMessage(rowId(row), true) : undefined;
      const idLength = structuredId?.length ?? fieldLength(UUID_TEXT_LENGTH);
      return { field, row, structuredId, idLength, length: fieldLength(idLength) + row.length - ROW_HEADER };
    },
  );
  let readEvent = 1 + varintLength(position);
  for (const { length } of parts) readEvent += fieldLength(length);
  if (retryCount !== undefined) readEvent += 1 + varintLength(retryCount);
  const writer = new ProtoWriter(Buffer.allocUnsafe(fieldLength(readEvent)));
  writer.lengthField(1, readEvent);
  for (const { field, row, structuredId, idLength, length } of parts) {
    writer.lengthField(field, length);
    writer.lengthField(1, idLength);
    if (structuredId) writer.bytes(structuredId);
    else {
      writer.lengthField(2, UUID_TEXT_LENGTH);
      writer.buffer.write(uuidText(rowId(row)), writer.offset, "latin1");
      writer.offset += UUID_TEXT_LENGTH;
    }
    row.copy(writer.buffer, writer.offset, ROW_HEADER);
    writer.offset += row.length - ROW_HEADER;
  }
  writer.numberField(3, position);
  if (retryCount !== undefined) {
    // Not numberField: in a choice between fields, proto3 sends a 0 too.
    writer.varint(5 << 3);
    writer.varint(retryCount);
  }
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
