import { type DataSource } from "typeorm";
import { type ProcessedCommandRow, processedCommands } from "./table.js";

/** What a command appended, as far as projected; null: not projected, so its stream has to be read. */
export const findProcessedCommand = (
  dataSource: DataSource,
  providerId: string,
  commandId: string,
): Promise<ProcessedCommandRow | null> =>
  dataSource.getRepository(processedCommands).findOneBy({ providerId, commandId });
