import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** The first line of the standard input. Not an argument: other users of the machine can see arguments. */
export const readPassword = async (prompt: string): Promise<string> => {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(prompt);
  // Typed characters are not echoed.
  const silence = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: silence, terminal: isTerminal });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write("\n");
  }
};
