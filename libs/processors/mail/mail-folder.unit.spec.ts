import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { mailFolder } from "./mail-folder.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenure-mails-"));
});
afterEach(() => {
  chmodSync(root, 0o700);
  rmSync(root, { recursive: true });
});

const mail = { from: "a@example.com", to: "b@example.com", message: "Subject: è\r\n\r\nHello\r\n" };
const signal = new AbortController().signal;

it("writes a mail into a file that only its user reads, and again the same", async () => {
  const folder = join(root, "data", "mails");
  const mails = mailFolder(folder);
  expect(await mails.verify(signal)).toEqual({ ok: true, message: `Mails are written to ${folder}; nothing leaves.` });
  expect(await mails.send(mail, "one", signal)).toEqual({ outcome: "DELIVERED" });
  expect(await mails.send(mail, "one", signal)).toEqual({ outcome: "DELIVERED" });
  expect(readdirSync(folder)).toEqual(["one.eml"]);
  expect(readFileSync(join(folder, "one.eml"), "utf8")).toBe(mail.message);
  expect(statSync(join(folder, "one.eml")).mode & 0o077).toBe(0);
});

it("is down where the folder cannot be made", async () => {
  writeFileSync(join(root, "mails"), "a file");
  const mails = mailFolder(join(root, "mails"));
  expect(await mails.send(mail, "one", signal)).toMatchObject({
    outcome: "DOWN",
    error: expect.stringMatching(/^The folder of mails cannot be written: /) as string,
  });
  expect(await mails.verify(signal)).toMatchObject({ ok: false });
});
