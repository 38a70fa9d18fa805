// Runs scripts of package.json, as many at a time as there are cores: `node test/support/together.js typecheck lint`.
// Prints each one's output in one piece when it has ended; the exit code is 1 when one failed.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

const waiting = process.argv.slice(2);
let failed = false;

const run = (script) =>
  new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(`npm run --silent ${script}`, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
    const output = [];
    child.stdout.on("data", (data) => output.push(data));
    child.stderr.on("data", (data) => output.push(data));
    child.on("close", (code) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(`${script}: ${code === 0 ? "ok" : "failed"} (${seconds} s)\n`);
      process.stdout.write(Buffer.concat(output));
      failed ||= code !== 0;
      resolve();
    });
  });

const runner = async () => {
  for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) await run(script);
};

await Promise.all(Array.from({ length: availableParallelism() }, runner));
process.exitCode = failed ? 1 : 0;
