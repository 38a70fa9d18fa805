import { collection } from "./collection/processor.js";
import { leftovers } from "./leftovers/processor.js";
import { type Processor } from "./runner/processor.js";

/** Every processor of the application. */
export const processors: readonly Processor[] = [leftovers, collection];
