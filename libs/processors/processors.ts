import { leftovers } from "./leftovers/processor.js";
import { type Processor } from "./processor.js";

/** Every processor of the application. */
export const processors: readonly Processor[] = [leftovers];
