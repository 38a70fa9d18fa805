import { spawn } from "node:child_process";
import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Global set-up of the projects that start servers: every temporary folder of a test run lies in one folder, and a
 * shell outside the run cleans that folder up when the run is over, however it ended. PostgreSQL is the one server
 * that outlives a launcher killed by SIGKILL: the shell finds it by the `postmaster.pid` in its data folder, stops it,
 * and removes the folder. A pid counts only when the process works in that data folder (Linux; elsewhere when `ps`
 * names the folder), so that another process with a reused pid is left alone.
 */
const CLEAN_UP = `
  cat >/dev/null
  cd / || exit 1
  find "$1" -name postmaster.pid -type f 2>/dev/null | while IFS= read -r file; do
    pid=$(head -n 1 "$file"); data=$(dirname "$file")
    if [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$data" ] || ps -o command= -p "$pid" 2>/dev/null | grep -qF -- "-D $data"; then
      kill -QUIT "$pid" 2>/dev/null
      waits=0
      while kill -0 "$pid" 2>/dev/null && [ "$waits" -lt 50 ]; do sleep 0.1; waits=$((waits + 1)); done
    fi
  done
  rm -rf -- "$1"
`;

/** Vitest calls this before the run, and what it returns afterwards. Plain JavaScript, so that its spec can start it. */
const setup = async () => {
  const outer = process.env["TMPDIR"];
  const folder = await realpath(await mkdtemp(join(tmpdir(), "tenure-run-")));
  // Under root PostgreSQL runs as another user, who must be able to pass through.
  await chmod(folder, 0o711);
  process.env["TMPDIR"] = folder;
  const restore = () => {
    if (outer === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = outer;
  };
  if (process.platform === "win32") {
    return async () => {
      restore();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    };
  }
  // Its standard input ends when this process does.
  const shell = spawn("/bin/sh", ["-c", CLEAN_UP, "sh", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  shell.unref();
  return async () => {
    restore();
    const ended = new Promise((resolve) => shell.once("exit", resolve));
    shell.ref();
    shell.stdin.end();
    await ended;
  };
};

export default setup;
