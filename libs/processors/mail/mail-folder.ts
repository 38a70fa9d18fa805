import { access, constants, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "#read-models/runner/failures.js";
import { type MailSender } from "./sender.js";

/** Writes mails into a folder, one `.eml` file each, which mail programs open; nothing leaves. */
export const mailFolder = (folder: string): MailSender => ({
  from: { name: null, address: "no-reply@tenure.invalid" },
  configuration: [{ key: "TENURE_MAIL_FOLDER", value: folder }],
  async send({ message }, file) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // A file is there whole or not at all. Written again, it is the same.
      const draft = join(folder, `.${file}.draft`);
      await writeFile(draft, message, { mode: 0o600 });
      await rename(draft, join(folder, `${file}.eml`));
      return { outcome: "DELIVERED" };
    } catch (error) {
      return { outcome: "DOWN", error: `The folder of mails cannot be written: ${messageOf(error)}` };
    }
  },
  async verify() {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await access(folder, constants.W_OK);
      return { ok: true, message: `Mails are written to ${folder}; nothing leaves.` };
    } catch (error) {
      return { ok: false, message: `The folder of mails cannot be written: ${messageOf(error)}` };
    }
  },
  close: () => undefined,
});
