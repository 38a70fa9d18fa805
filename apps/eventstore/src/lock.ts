import { createHash } from "node:crypto";
import { statSync, unlinkSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorCode, messageOf, StartupFailure } from "./startup-failure.js";

/**
 * One writing process per folder. The lock is a socket name bound to the folder's device and inode: the kernel lets go
 * of it when the process dies, however it dies, so stale locks and reused pids cannot occur. On Linux the name lives in
 * the abstract namespace, on Windows it is a pipe; elsewhere it is a socket file; a file on which no process answers is
 * left over from a dead process.
 *
 * Linux keeps one abstract namespace per network namespace: two containers that share a volume but not a network do not
 * see each other's lock. The writer's fence in the log (log/store.ts) catches those.
 */
export const lockFolder = async (folder: string): Promise<{ release(): void }> => {
  const { dev, ino } = statSync(folder, { bigint: true });
  const name = socketName(`${dev.toString()}-${ino.toString()}`);
  const server = await bind(name)
    .catch(async (error: unknown) => {
      if (errorCode(error) !== "EADDRINUSE" || !isSocketFile(name) || (await answers(name))) throw error;
      unlinkSync(name);
      return await bind(name);
    })
    .catch((error: unknown) => {
      if (errorCode(error) === "EADDRINUSE") {
        throw new StartupFailure(`the event log in ${folder} is in use by another process`);
      }
      throw new StartupFailure(`the event log in ${folder} cannot be locked: ${messageOf(error)}`);
    });
  return { release: () => server.close() };
};

const socketName = (identity: string): string => {
  const key = `tenure-eventstore-${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
  if (process.platform === "linux") return `\0${key}`;
  if (process.platform === "win32") return `\\\\?\\pipe\\${key}`;
  return join(tmpdir(), `${key}.sock`);
};

const isSocketFile = (name: string) => !name.startsWith("\0") && !name.startsWith("\\\\");

const bind = (name: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", reject);
    server.listen({ path: name, exclusive: true }, () => {
      server.unref();
      resolve(server);
    });
  });

const answers = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(name);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
