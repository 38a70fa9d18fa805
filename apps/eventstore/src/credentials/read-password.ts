import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** The first line of the standard input. Not an argument: those can be seen by everybody on the machine. */
export const readPassword = async (prompt: string): Promise<string> => {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(prompt);
  // What is typed goes nowhere.
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
