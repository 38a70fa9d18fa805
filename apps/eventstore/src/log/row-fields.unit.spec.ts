import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { rowFields } from "./row-fields.js";
import { encodeRow, ROW_HEADER, TOMBSTONE_REVISION } from "./row.js";

const text = fc.string({ minLength: 1, maxLength: 40 });
const bytes = fc.uint8Array({ maxLength: 300 });

it("gives back what a row was made of, and the protocol's own codec reads the same", () => {
  fc.assert(
    fc.property(
      fc.record({ type: text, contentType: text, metadata: bytes, data: bytes }),
      text,
      fc.nat(),
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      (event, stream, revision, created) => {
        const at = { stream: Buffer.from(stream), streamNumber: 1, revision, position: 1024, created };
        const row = encodeRow({ id: Buffer.alloc(16, 7), ...event }, at);
        const fields = rowFields(row);
        const decoded = streamsPb.ReadResp.ReadEvent.RecordedEvent.deserializeBinary(row.subarray(ROW_HEADER));
        const { contentType, metadata, data } = event;
        expect({ ...fields, metadata: Uint8Array.from(fields.metadata), data: Uint8Array.from(fields.data) }).toEqual({
          contentType: Buffer.from(contentType).toString(),
          created,
          metadata,
          data,
        });
        expect({
          stream: Buffer.from(decoded.getStreamIdentifier()?.getStreamName_asU8() ?? []),
          revision: decoded.getStreamRevision(),
          type: decoded.getMetadataMap().get("type"),
          metadata: decoded.getCustomMetadata_asU8(),
          data: decoded.getData_asU8(),
        }).toEqual({
          stream: Buffer.from(stream),
          revision: revision.toString(),
          type: Buffer.from(event.type).toString(),
          metadata,
          data,
        });
      },
    ),
  );
});

it("writes the revision of a tombstone as the protocol does", () => {
  const nothing = { type: "t", contentType: "c", metadata: new Uint8Array(), data: new Uint8Array() };
  const at = { stream: Buffer.from("s"), streamNumber: 1, revision: TOMBSTONE_REVISION, position: 1024, created: 0 };
  const row = encodeRow({ id: Buffer.alloc(16), ...nothing }, at);
  const decoded = streamsPb.ReadResp.ReadEvent.RecordedEvent.deserializeBinary(row.subarray(ROW_HEADER));
  expect(decoded.getStreamRevision()).toBe("9223372036854775807");
});
