import { serve } from "./serve.js";

/**
 * The embedded event store: a process of its own.
 *
 *   node dist/main.js --data DIR [--host 127.0.0.1] [--port 2113]
 *
 * For people there is `tenure-eventstore` (command/main.ts), which can do more than serve.
 */
serve(process.argv.slice(2));
