import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "lmdb";
import { positionKey, revisionKey, streamKey } from "../../apps/eventstore/src/log/keys.js";
import { rowFields } from "../../apps/eventstore/src/log/row-fields.js";
import {
  encodeRow,
  rowId,
  rowPosition,
  rowRevision,
  rowStream,
  rowStreamNumber,
  rowType,
} from "../../apps/eventstore/src/log/row.js";

/** An event in the embedded log, its content parsed. */
export interface LoggedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly id: Buffer;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/**
 * A copy of a log folder in which events of our streams are others, written with checksums and index as the server
 * would: what somebody leaves behind who knows the file's format.
 * @param edit returns the events that are in the copy, each at its own place; streams of others stay as they are
 */
export const tamperedLog = async (
  folder: string,
  edit: (events: readonly LoggedEvent[]) => readonly LoggedEvent[],
): Promise<string> => {
  const copy = join(mkdtempSync(join(tmpdir(), "tenure-tampered-")), "eventstore");
  mkdirSync(copy);
  for (const file of ["log.mdb", "tenure-eventstore"]) copyFileSync(join(folder, file), join(copy, file));
  const root = open<Buffer, Buffer>({ path: join(copy, "log.mdb"), encoding: "binary", keyEncoding: "binary" });
  const table = (name: string) => root.openDB<Buffer, Buffer>({ name, encoding: "binary", keyEncoding: "binary" });
  const [log, index, streams] = [table("log"), table("index"), table("streams")];
  const rows = [...log.getRange()].map(({ value }) => Buffer.from(value));
  const ours = rows.filter((row) => rowStream(row).startsWith("tenure."));
  const numbers = new Map(ours.map((row) => [rowStream(row), rowStreamNumber(row)]));
  const edited = edit(ours.map(eventOf));
  const writes: Promise<boolean>[] = [];
  for (const row of ours) {
    writes.push(log.remove(positionKey(rowPosition(row))));
    writes.push(index.remove(revisionKey(rowStreamNumber(row), rowRevision(row))));
  }
  for (const [stream, number] of numbers) {
    if (!edited.some((event) => event.stream === stream)) writes.push(streams.remove(streamKey(Buffer.from(stream))));
    else writes.push(streams.put(streamKey(Buffer.from(stream)), bytesOf(number)));
  }
  for (const event of edited) {
    const { stream, revision, position, id, type, data, metadata } = event;
    const streamNumber = numbers.get(stream) ?? 0;
    const content = { data: Buffer.from(JSON.stringify(data)), metadata: Buffer.from(JSON.stringify(metadata)) };
    const at = { stream: Buffer.from(stream), streamNumber, revision, position, created: Date.parse("2026-01-01") };
    writes.push(
      log.put(positionKey(position), encodeRow({ id, type, contentType: "application/json", ...content }, at)),
    );
    writes.push(index.put(revisionKey(streamNumber, revision), positionKey(position)));
  }
  await Promise.all(writes);
  await root.close();
  return copy;
};

const eventOf = (row: Buffer): LoggedEvent => {
  const { data, metadata } = rowFields(row);
  const parsed = (bytes: Buffer) => JSON.parse(bytes.toString()) as Record<string, unknown>;
  return {
    ...{ stream: rowStream(row), revision: rowRevision(row), position: rowPosition(row) },
    ...{ id: Buffer.from(rowId(row)), type: rowType(row), data: parsed(data), metadata: parsed(metadata) },
  };
};

const bytesOf = (number: number): Buffer => {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(number);
  return value;
};
