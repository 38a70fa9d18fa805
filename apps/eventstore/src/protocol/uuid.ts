import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import type { UUID } from "@eventstore/db-client/generated/shared_pb.js";

const TEXT = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** The 16 bytes of an id that a client sent, as text or as two 64-bit halves; undefined when it is neither. */
export const uuidBytes = (uuid: UUID | undefined): Buffer | undefined => {
  const structured = uuid?.getStructured();
  if (structured) {
    const bytes = Buffer.alloc(16);
    bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(structured.getMostSignificantBits())), 0);
    bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(structured.getLeastSignificantBits())), 8);
    return bytes;
  }
  const text = uuid?.getString() ?? "";
  return TEXT.test(text) ? Buffer.from(text.replaceAll("-", ""), "hex") : undefined;
};

export const uuidText = (bytes: Buffer): string => {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** The id as the protocol's UUID message, serialised. */
export const uuidMessage = (bytes: Buffer, structured: boolean): Uint8Array => {
  const message = new sharedPb.UUID();
  if (structured) {
    const halves = new sharedPb.UUID.Structured();
    halves.setMostSignificantBits(bytes.readBigInt64BE(0).toString());
    halves.setLeastSignificantBits(bytes.readBigInt64BE(8).toString());
    message.setStructured(halves);
  } else message.setString(uuidText(bytes));
  return message.serializeBinary();
};
