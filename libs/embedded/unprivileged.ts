import { execFile } from "node:child_process";
import { access, constants, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { EmbeddedError } from "./errors.js";

/** How a program is started so that it does not run as root. */
export interface RunAs {
  /** Undefined: the user of this process. */
  account?: Account;
  /** Whether the account cannot enter the folders by itself, so that it is given a capability to pass through them. */
  throughClosedFolders: boolean;
}

export interface Account {
  uid: number;
  gid: number;
}

const run = promisify(execFile);

/**
 * PostgreSQL refuses to run as root, so under root it runs as another account: the owner of its folder, so that it is
 * the same at every start; else the owner of the nearest parent folder not owned by root; else `nobody`.
 * @param folders its data folder first, then the ones above; the first that belongs to an ordinary user decides
 * @param needs paths that the account must be able to reach
 */
export const chooseRunAs = async (folders: string[], needs: string[]): Promise<RunAs> => {
  if (process.getuid?.() !== 0) return { throughClosedFolders: false };
  const account = (await ownerOfFirst(folders)) ?? (await nobody());
  for (const path of needs) {
    const closed = await firstClosedFolder(path, account);
    if (closed === undefined) continue;
    if (await canPassClosedFolders()) return { account, throughClosedFolders: true };
    throw new EmbeddedError(
      "NO_PERMISSION",
      `PostgreSQL does not run as root, and the user it gets instead (uid ${account.uid}) cannot enter ${closed}: keep project and data folder in a place others may enter, or start as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return { account, throughClosedFolders: false };
};

/** The command line and the options of spawn for it. */
export const asAccount = (
  runAs: RunAs,
  program: string,
  args: string[],
): { program: string; args: string[]; options: Partial<Account> } => {
  const { account } = runAs;
  if (account === undefined) return { program, args, options: {} };
  if (!runAs.throughClosedFolders) return { program, args, options: account };
  // The only capability allows searching and reading any folder, and no writing. setpriv executes the program in its
  // own process, so the pid is the program's.
  const as = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups", "--no-new-privs"];
  // initdb finds its programs with access(), which ignores capabilities of ordinary users without this securebit.
  const counted = "--securebits=+no_setuid_fixup";
  const capability = [
    "--inh-caps=-all,+dac_read_search",
    "--ambient-caps=-all,+dac_read_search",
    "--bounding-set=-all,+dac_read_search",
  ];
  return { program: "setpriv", args: [...as, counted, ...capability, program, ...args], options: {} };
};

const ownerOfFirst = async (folders: string[]): Promise<Account | undefined> => {
  for (const folder of folders) {
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined || found.uid === 0) continue;
    // initdb requires a user with a name; the owner of an existing cluster has one.
    if (folder === folders[0] || (await hasName(found.uid))) return { uid: found.uid, gid: found.gid };
  }
  return undefined;
};

const hasName = (uid: number): Promise<boolean> =>
  run("id", ["-un", String(uid)]).then(
    () => true,
    () => false,
  );

const nobody = async (): Promise<Account> => {
  try {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (flag) => Number((await run("id", [flag, "nobody"])).stdout)),
    );
    if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { uid, gid };
  } catch {
    // On a machine without that user: the kernel needs only a number.
  }
  return { uid: 65_534, gid: 65_534 };
};

/** By permission bits only: access lists are ignored, and the capability is then used without need. */
const firstClosedFolder = async (path: string, account: Account): Promise<string | undefined> => {
  const above = [path];
  for (let folder = path; dirname(folder) !== folder;) above.unshift((folder = dirname(folder)));
  for (const folder of above) {
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined) return undefined;
    const shift = found.uid === account.uid ? 6 : found.gid === account.gid ? 3 : 0;
    if (found.isDirectory() && ((found.mode >> shift) & 1) === 0) return folder;
  }
  return undefined;
};

/** Capabilities to pass through folders and to give that on. */
const NEEDED = { dacReadSearch: 2n, setpcap: 8n };

/** Linux only, with util-linux, and not in a container that has dropped the capability. */
const canPassClosedFolders = async (): Promise<boolean> => {
  try {
    const status = await readFile("/proc/self/status", "utf8");
    const held = ["CapEff", "CapBnd"].every((name) => {
      const mask = new RegExp(`^${name}:\\s*([0-9a-f]+)`, "m").exec(status)?.[1];
      return mask !== undefined && Object.values(NEEDED).every((bit) => ((BigInt(`0x${mask}`) >> bit) & 1n) === 1n);
    });
    if (!held) return false;
    await Promise.any(["/usr/bin/setpriv", "/bin/setpriv"].map((file) => access(file, constants.X_OK)));
    const { stdout } = await run("setpriv", ["--help"]);
    return stdout.includes("--ambient-caps");
  } catch {
    return false;
  }
};
