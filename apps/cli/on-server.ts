import { type Client, Refused } from "./client.js";
import { connectTo, isId, type ServerValues, tell, UsageError } from "./server-options.js";

/** A command line of actions through a running server. */
interface Actions<Options> {
  /** What `--help` prints. */
  readonly help: string;
  /** @throws UsageError */
  readonly read: (argv: string[]) => Options | "help";
  /** @returns the exit code */
  readonly act: (client: Client, options: Options) => Promise<number>;
}

/** @returns the exit code: that of the action, 1 where the server refused, 2 where the command line is invalid, or no server answers */
export const onServer = async <Options extends { readonly server: ServerValues }>(
  argv: string[],
  { help, read, act }: Actions<Options>,
): Promise<number> => {
  try {
    const options = read(argv);
    if (options === "help") {
      console.log(help);
      return 0;
    }
    return await act(await connectTo(options.server, process.env), options);
  } catch (error) {
    tell(error);
    return error instanceof Refused ? 1 : 2;
  }
};

/** One that is refused does not keep the others from being done. @returns the exit code: 1 where one was refused */
export const onEach = async (
  ids: readonly string[],
  json: boolean,
  act: (id: string) => Promise<void>,
): Promise<number> => {
  let code = 0;
  for (const id of ids) {
    try {
      await act(id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      code = 1;
      if (json) console.log(JSON.stringify({ id, error: { code: error.code, message: error.message } }));
      else console.error(`${id}: ${error.message}`);
    }
  }
  return code;
};

/** The ids that an action names, each once. @param one, many what they are ids of @throws UsageError */
export const idsOf = (
  action: string,
  named: readonly string[],
  { one, many }: { readonly one: string; readonly many: string },
): readonly string[] => {
  if (named.length === 0) throw new UsageError(`${action} needs the ids of ${many}; list shows them.`);
  const wrong = named.find((text) => !isId(text));
  if (wrong !== undefined) throw new UsageError(`"${wrong}" is not the id of a ${one}.`);
  return [...new Set(named.map((id) => id.toLowerCase()))];
};
