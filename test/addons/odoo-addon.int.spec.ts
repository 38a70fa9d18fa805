import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../integrations/odoo-addon/", import.meta.url));
const addon = join(root, "tenure_signals");
/** Compiled files stay out of the folder. */
const cache = mkdtempSync(join(tmpdir(), "tenure-addon-"));
afterAll(() => {
  rmSync(cache, { recursive: true, force: true });
});

const files = readdirSync(root, { recursive: true, encoding: "utf8" });
const ending = (end: string) => files.filter((file) => file.endsWith(end));
const python = (...args: readonly string[]): string =>
  execFileSync("python3", args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PYTHONPYCACHEPREFIX: cache },
  });

it("is Python that compiles, in all its files", () => {
  const sources = ending(".py");
  expect(sources).toContain("tenure_signals/models/tenure_signal.py");
  expect(python("-m", "py_compile", ...sources)).toBe("");
});

it("has a manifest that names its licence and the files that there are, which are XML and CSV", () => {
  const read = "import ast, json; print(json.dumps(ast.literal_eval(open('tenure_signals/__manifest__.py').read())))";
  const manifest = JSON.parse(python("-c", read)) as {
    readonly license: string;
    readonly depends: readonly string[];
    readonly data: readonly string[];
  };
  expect([manifest.license, manifest.depends]).toEqual(["LGPL-3", ["base", "sms"]]);
  expect(manifest.data.filter((file) => !existsSync(join(addon, file)))).toEqual([]);
  expect([...ending(".xml"), ...ending(".csv")].map((file) => file.replace("tenure_signals/", "")).sort()).toEqual(
    [...manifest.data].sort(),
  );
  python(
    "-c",
    "import sys, xml.etree.ElementTree as tree; [tree.parse(file) for file in sys.argv[1:]]",
    ...ending(".xml"),
  );
  const [head = "", ...rows] = readFileSync(join(addon, "security/ir.model.access.csv"), "utf8").trim().split("\n");
  expect(rows.filter((row) => row.split(",").length !== head.split(",").length)).toEqual([]);
});

it("knows a signal, and writes an SMS, as its own tests say", () => {
  expect(() => python("-m", "unittest", "discover", "--start-directory", "tests")).not.toThrow();
});
