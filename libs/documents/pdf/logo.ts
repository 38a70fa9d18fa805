import { type Logo } from "#domain/providers/document-details.js";
import { opaquePng } from "./png.js";

/** The last logo, ready to draw: documents are drawn many after each other for one provider. */
let last: { readonly type: string; readonly data: string; readonly file: Buffer } | undefined;

/** A logo's file as it is drawn. @throws Error in words, for what cannot be drawn */
export const logoFile = ({ type, data }: Logo): Buffer => {
  if (last?.type === type && last.data === data) return last.file;
  const given = Buffer.from(data, "base64");
  const file = type === "PNG" ? opaquePng(given) : checkedJpeg(given);
  last = { type, data, file };
  return file;
};

const checkedJpeg = (file: Buffer): Buffer => {
  if (file.length < 100 || file.readUInt16BE(0) !== 0xffd8 || file.readUInt16BE(file.length - 2) !== 0xffd9)
    throw new Error("it is no whole JPEG");
  return file;
};
