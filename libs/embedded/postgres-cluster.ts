import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { access, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DataFolder } from "./data-folder.js";
import { EmbeddedError, systemCode } from "./errors.js";
import { endOf } from "./engine.js";
import { openLogFile } from "./log-file.js";
import { type PostgresBinaries } from "./postgres-binaries.js";
import { asAccount, type RunAs } from "./unprivileged.js";

/** Passwords, written once before the cluster is created; readable only by the launcher's user. */
export interface Credentials {
  /** The superuser `postgres`, used by the launcher only. */
  superuser: string;
  /** The role `tenure`, which owns the database. */
  tenure: string;
}

const CREDENTIALS = "postgres-credentials.json";

/** Creates the cluster at the first start; returns its passwords. */
export const ensureCluster = async (
  folder: DataFolder,
  binaries: PostgresBinaries,
  runAs: RunAs,
  signal?: AbortSignal,
): Promise<Credentials> => {
  const file = join(folder.path, CREDENTIALS);
  if (await exists(join(folder.postgres, "PG_VERSION"))) {
    const kept = await readCredentials(file);
    if (kept !== undefined) return kept;
    throw new EmbeddedError(
      "ENGINE_FAILED",
      `The file ${file} is missing, and with it the password of the PostgreSQL in this data folder.`,
      "PostgreSQL",
    );
  }
  const credentials = (await readCredentials(file)) ?? { superuser: newPassword(), tenure: newPassword() };
  await writeFile(file, `${JSON.stringify(credentials)}\n`, { mode: 0o600, flush: true });
  // Created in another folder and moved into place, so that an interrupted initdb leaves no incomplete cluster.
  const draft = `${folder.postgres}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const passwordFile = join(folder.path, "postgres.password");
  await writeFile(passwordFile, `${credentials.superuser}\n`, { mode: 0o600 });
  try {
    if (runAs.account !== undefined) {
      await Promise.all(
        [draft, passwordFile].map((path) => chown(path, runAs.account?.uid ?? 0, runAs.account?.gid ?? 0)),
      );
    }
    await initdb(folder, draft, passwordFile, binaries, runAs, signal);
    await rename(draft, folder.postgres);
  } finally {
    await rm(passwordFile, { force: true });
  }
  return credentials;
};

const newPassword = (): string => randomBytes(24).toString("base64url");

const initdb = async (
  folder: DataFolder,
  draft: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const log = await openLogFile(join(folder.logs, "postgres-initdb.log"));
  const { program, args, options } = asAccount(runAs, binaries.initdb, [
    `--pgdata=${draft}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The built-in provider sorts the same on every machine; a libc's collation can change with the libc and break
    // indexes.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
    // Fixed values: initdb would start a server for each value that it tries.
    "--set=max_connections=100",
    "--set=shared_buffers=128MB",
  ]);
  const child = spawn(program, args, {
    ...options,
    cwd: "/",
    env: engineEnvironment(),
    stdio: ["ignore", log.fd, log.fd],
    detached: true,
    windowsHide: true,
    ...(signal === undefined ? {} : { signal }),
  });
  log.close();
  child.on("error", () => undefined);
  const end = await endOf(child);
  if (end === "exit code 0") return;
  if (signal?.aborted === true) throw new EmbeddedError("CANCELLED", "The start was cancelled.", "PostgreSQL");
  throw new EmbeddedError(
    "ENGINE_FAILED",
    `PostgreSQL could not be set up: ${reasonIn(await log.sinceOpened()) ?? end} (${log.path}).`,
    "PostgreSQL",
  );
};

/** The environment without PGDATA, PGOPTIONS, LC_... of the user's shell, which are for another server. */
export const engineEnvironment = (): NodeJS.ProcessEnv => {
  const kept = ["PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP"];
  const environment: NodeJS.ProcessEnv = { LC_ALL: "C", TZ: "UTC" };
  for (const name of kept) if (process.env[name] !== undefined) environment[name] = process.env[name];
  return environment;
};

/** The lines of PostgreSQL's output that say why it ended, as one line. */
export const reasonIn = (output: string): string | undefined => {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.filter((line) => /(FATAL|PANIC|DETAIL|HINT|error|could not)\b/.test(line));
  const chosen = (telling.length > 0 ? telling : lines)
    .slice(-3)
    .map((line) => line.replace(/^.*?(FATAL|PANIC|DETAIL|HINT|LOG|error):\s+/, "").trim());
  return chosen.length === 0 ? undefined : chosen.join(" / ").replace(/[.:]+$/, "");
};

const readCredentials = async (file: string): Promise<Credentials | undefined> => {
  try {
    const { superuser, tenure } = JSON.parse(await readFile(file, "utf8")) as Partial<Credentials>;
    return superuser === undefined || tenure === undefined ? undefined : { superuser, tenure };
  } catch (error) {
    if (systemCode(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw new EmbeddedError("NO_PERMISSION", `This user may not read ${path}.`, "PostgreSQL");
  }
};
