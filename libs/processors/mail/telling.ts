import { type DataSource } from "typeorm";
import { type Occasion } from "./occasion.js";
import { type Reader, type Writing } from "./reader.js";

/** What values are made of. */
export interface Telling {
  readonly dataSource: DataSource;
  readonly occasion: Occasion;
  readonly reader: Reader;
  readonly writing: Writing;
}

/** What every mail can say. */
export const commonValues = ({ occasion, reader, writing }: Telling) => ({
  "customer.name": reader.name,
  "provider.name": reader.providerName,
  on: writing.date(occasion.on),
  recordedAt: writing.dateAndTime(occasion.recordedAt),
});
