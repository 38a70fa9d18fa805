import { connectTo, tell } from "../server-options.js";
import { exportRates } from "./export.js";
import { TariffUnclear } from "./find.js";
import { FileUnreadable, importFile } from "./import.js";
import { HELP, readOptions } from "./options.js";

/** `tenure tariff`. Returns the exit code. */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const options = readOptions(argv);
    if (options === "help") {
      console.log(HELP);
      return 0;
    }
    const client = await connectTo(options.server, process.env);
    return options.action === "import" ? await importFile(client, options) : await exportRates(client, options);
  } catch (error) {
    if (error instanceof TariffUnclear || error instanceof FileUnreadable) console.error(error.message);
    else tell(error);
    return 2;
  }
};
