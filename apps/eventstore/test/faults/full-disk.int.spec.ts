import { EventStoreDBClient, type AppendToStreamOptions, type JSONEventData } from "@eventstore/db-client";
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { appended, event, newStream, readUserEvents } from "../conformance/support/events.js";
import { startServer, temporaryFolders } from "../conformance/support/server.js";

const folders = temporaryFolders();
const mounted: string[] = [];

afterAll(() => {
  for (const folder of mounted) execFileSync("umount", [folder]);
  folders.removeAll();
});

interface Disk {
  readonly data: string;
  /** The program to run instead of node. */
  readonly execPath: string | undefined;
  /** `pid`: the server's. */
  readonly makeRoom: (pid: number) => void;
}

/** The kernel cuts writes short at this size of a file, with the same effect on the writer; not all may mount. */
const limitedFile = (): Disk => {
  const script = join(folders.create(), "limited.sh");
  writeFileSync(script, `#!/bin/bash\nulimit -S -f 3000\nexec "${process.execPath}" "$@"\n`);
  chmodSync(script, 0o755);
  return {
    data: folders.create(),
    execPath: script,
    makeRoom: (pid) => {
      execFileSync("prlimit", ["--pid", pid.toString(), "--fsize=unlimited"]);
    },
  };
};

const smallFileSystem = (): Disk => {
  const data = folders.create();
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", data], { stdio: "ignore" });
  mounted.push(data);
  return {
    data,
    execPath: undefined,
    makeRoom: () => {
      execFileSync("mount", ["-o", "remount,size=20m", data]);
    },
  };
};

const canMount = (): boolean => {
  try {
    const folder = folders.create();
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", folder], { stdio: "ignore" });
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false;
  }
};

const DISKS: [string, () => Disk][] = [["a file that may not grow", limitedFile]];
if (canMount()) DISKS.push(["a full file system", smallFileSystem]);

/** Credentials make the client use Append; without TLS it does not send them. */
const WAYS: AppendToStreamOptions[] = [{}, { credentials: { username: "nobody", password: "nothing" } }];

const big = (n: number): JSONEventData => ({ ...event(n), data: { n, pad: "x".repeat(60_000) } });

describe.each(DISKS)("%s", (_, disk) => {
  it("refuses appends in so many words, serves reads, starts anew, and goes on when there is room", async () => {
    const { data, execPath, makeRoom } = disk();
    const stream = newStream();
    const acknowledged: JSONEventData[] = [];
    const expectedLog = () => acknowledged.map((item, revision) => appended(stream, revision, item));

    const first = await startServer(data, execPath);
    const client = EventStoreDBClient.connectionString(first.url);
    const append = (by: EventStoreDBClient, item: JSONEventData, way: AppendToStreamOptions = {}) =>
      by.appendToStream(stream, item, { ...way, expectedRevision: revisionBefore(acknowledged.length) });
    const fill = async () => {
      for (;;) {
        const item = big(acknowledged.length);
        await append(client, item);
        acknowledged.push(item);
      }
    };
    await expect(fill()).rejects.toThrow("the disk is full: nothing was written");
    expect(acknowledged.length).toBeGreaterThan(3);
    const refused = big(acknowledged.length);
    for (const way of WAYS) {
      await expect(append(client, refused, way)).rejects.toThrow("the disk is full: nothing was written");
    }
    expect(await readUserEvents(client)).toEqual(expectedLog());
    await client.dispose();
    expect(await first.stop()).toBe(0);

    const second = await startServer(data, execPath);
    const next = EventStoreDBClient.connectionString(second.url);
    expect(await readUserEvents(next)).toEqual(expectedLog());
    await expect(append(next, refused)).rejects.toThrow("the disk is full: nothing was written");

    makeRoom(second.process.pid ?? 0);
    await append(next, refused);
    acknowledged.push(refused);
    for (let n = 0; n < 20; n++) {
      const item = big(acknowledged.length);
      await append(next, item);
      acknowledged.push(item);
    }
    expect(await readUserEvents(next)).toEqual(expectedLog());
    await next.dispose();
    expect(await second.stop()).toBe(0);
  });
});

const revisionBefore = (count: number) => (count === 0 ? "no_stream" : BigInt(count - 1));
