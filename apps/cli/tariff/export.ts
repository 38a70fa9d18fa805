import { rename, writeFile } from "node:fs/promises";
import { rateFileOf } from "#application/rate-files/write.js";
import { type Client } from "../client.js";
import { findTariff } from "./find.js";
import { type Options } from "./options.js";
import { ratesOf } from "./rates.js";

/** Writes the rates of a tariff; the exit code. */
export const exportRates = async (
  client: Client,
  { tariff, out, at }: Extract<Options, { readonly action: "export" }>,
): Promise<number> => {
  const { id } = await findTariff(client, tariff);
  const rates = await ratesOf(client, id, { at, mode: "AT_AND_AFTER" });
  const file = rateFileOf(rates);
  if (out === undefined) {
    process.stdout.write(file);
    return 0;
  }
  await writeFile(`${out}.part`, file, { flush: true });
  await rename(`${out}.part`, out);
  console.log(`${rates.length} ${rates.length === 1 ? "rate" : "rates"} in ${out}.`);
  return 0;
};
