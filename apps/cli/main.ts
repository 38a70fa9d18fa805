#!/usr/bin/env node
/** `tenure <command>`: each command is a folder with a command.ts, loaded only when it is called. */

interface Command {
  /** Returns the exit code. */
  run(argv: string[]): Promise<number>;
}

const COMMANDS: Record<string, string> = {
  start: "run everything on this machine: API, worker and, unless URLs are given, the servers they need",
  scenario: "play scenario files, on a server of their own or on one that runs",
  payments: "import payments from a CSV file, as banks export them",
  tariff: "import the rates of a tariff from a CSV file, and export them",
  export: "write invoices, payments, statements, revenue and more as CSV files, from one moment",
  deliveries: "show what is delivered to systems outside, such as mails, and act on it",
  integrations: "check whether the systems outside can be reached with what is configured",
  token: "grant, list and revoke API keys, which programs come in with",
  edge: "run a SIP edge: take calls, ask a running API about them, and report those that were answered",
  "voice-demo": "show a call from the phone to the invoice, on servers of its own",
  backup: "save the primary tables, which no event can bring back",
  restore: "load what backup saved",
  verify: "prove event store and journal equal, and equal to a checkpoint",
  checkpoint: "write down what the journal is now, signed, to be kept elsewhere",
  "verify-report": "check the signature of a report or checkpoint, without a server",
  "public-key": "print the public key that reports and checkpoints are checked with",
  "audit-invoices": "prove every invoice and credit note again from the events that it was computed from",
  replay: "rebuild every read model beside the live one, compare them row by row, and switch or discard them",
};

const usage = (): string => {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
  return [
    "Usage: tenure <command> [options]",
    "",
    ...lines,
    "",
    "tenure <command> --help shows a command's options.",
  ].join("\n");
};

const main = async ([name, ...argv]: string[]): Promise<number> => {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    console.log(usage());
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    console.error(`There is no command "${name}".\n\n${usage()}`);
    return 2;
  }
  const command = (await import(`./${name}/command.js`)) as Command;
  return command.run(argv);
};

process.exitCode = await main(process.argv.slice(2));
