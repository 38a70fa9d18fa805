import { serve } from "./serve.js";

/**
 * The embedded event store, as a separate process.
 *
 *   node dist/main.js --data DIR [--host 127.0.0.1] [--port 2113]
 *
 * For users there is `tenure-eventstore` (command/main.ts), with further commands.
 */
serve(process.argv.slice(2));
