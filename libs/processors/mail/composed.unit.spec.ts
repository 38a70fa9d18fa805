import fc from "fast-check";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { isAddress } from "./address.js";
import { composeMail, type Composing } from "./composed.js";

const composing: Composing = {
  id: "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90",
  date: "2020-08-01T10:00:00.000Z",
  from: { name: "Example Telecom", address: "billing@example.com" },
  to: { name: "Ann", address: "ann@example.org" },
};
const text = { subject: "Your invoice", text: "Hello\n", html: "<p>Hello</p>" };

/** The headers of a message, unfolded. */
const headersOf = (message: string): string[] => {
  const [head = ""] = message.split("\r\n\r\n");
  return head.replaceAll(/\r\n[ \t]/g, " ").split("\r\n");
};
const namesOf = (message: string): string[] => headersOf(message).map((line) => line.split(":")[0] ?? "");

describe("a composed mail", () => {
  it("has the same bytes each time, with its Message-ID from its id and its date as given", async () => {
    const attachments = [
      { filename: "INV-1.pdf", contentType: "application/pdf", content: new Uint8Array([37, 80, 68, 70]) },
    ];
    const [one, two] = await Promise.all([
      composeMail(text, { ...composing, attachments }),
      composeMail(text, { ...composing, attachments }),
    ]);
    expect(two).toEqual(one);
    const read = await simpleParser(one.message);
    expect(read.messageId).toBe("<7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90@example.com>");
    expect(read.date).toEqual(new Date("2020-08-01T10:00:00.000Z"));
    expect(read.from?.text).toBe('"Example Telecom" <billing@example.com>');
    expect([read.subject, read.text?.trim(), read.html]).toEqual(["Your invoice", "Hello", "<p>Hello</p>"]);
    const [file] = read.attachments;
    expect([file?.filename, file?.contentType, file?.content.toString()]).toEqual([
      "INV-1.pdf",
      "application/pdf",
      "%PDF",
    ]);
    expect(headersOf(one.message)).toContain("Auto-Submitted: auto-generated");
  });

  it("is of 7 bit characters and short lines, whatever its words", async () => {
    const words = `Ελληνικά è ${"long ".repeat(500)}`.trim();
    const { message } = await composeMail({ subject: words, text: words, html: words }, composing);
    expect(message).toMatch(/^[\x20-\x7e\r\n\t]*$/);
    expect(Math.max(...message.split("\r\n").map(({ length }) => length))).toBeLessThanOrEqual(998);
    const read = await simpleParser(message);
    expect([read.subject, read.text?.trim()]).toEqual([words, words]);
  });

  it("names domains in other letters as servers know them", async () => {
    const to = { name: "Ann", address: "ann@bücher.example" };
    const mail = await composeMail(text, { ...composing, to, from: { name: null, address: "bills@bücher.example" } });
    expect([mail.from, mail.to]).toEqual(["bills@xn--bcher-kva.example", "ann@xn--bcher-kva.example"]);
    expect(headersOf(mail.message)).toEqual(
      expect.arrayContaining([
        "From: bills@xn--bcher-kva.example",
        "To: Ann <ann@xn--bcher-kva.example>",
        `Message-ID: <${composing.id}@xn--bcher-kva.example>`,
      ]),
    );
  });

  it("has the headers that it has whatever names and subjects hold", async () => {
    const expected = namesOf((await composeMail(text, composing)).message);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.oneof(fc.constantFrom("\r", "\n", "\r\n", ":", '"', "<", ">", ",", "\0"), fc.string()) }),
        async (nasty) => {
          const name = `Ann\r\nBcc: eve@example.net\n${nasty}`;
          const { message, to } = await composeMail(
            { ...text, subject: `One\r\nBcc: eve@example.net\r\n\r\nbody ${nasty}` },
            { ...composing, to: { ...composing.to, name }, from: { ...composing.from, name } },
          );
          const read = await simpleParser(message);
          expect(namesOf(message)).toEqual(expected);
          expect(to).toBe("ann@example.org");
          const addresses = [read.to, read.cc, read.bcc].flat().flatMap((part) => part?.value ?? []);
          expect(addresses.map(({ address }) => address)).toEqual(["ann@example.org"]);
          expect(read.from?.value.map(({ address }) => address)).toEqual(["billing@example.com"]);
          expect(read.text?.trim()).toBe("Hello");
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("an address that mail can be sent to", () => {
  it.each([
    "ann@example.org",
    "ann+bills@mail.example.org",
    "o'hara@example.org",
    "ann@bücher.example",
    "ann@localhost",
  ])("is %s", (address) => {
    expect(isAddress(address)).toBe(true);
  });

  it.each([
    "",
    "ann",
    "ann@",
    "@example.org",
    "ann@example.org, eve@example.net",
    "ann@example.org;eve@example.net",
    "Ann <ann@example.org>",
    "ann@example.org\r\nBcc: eve@example.net",
    "ann @example.org",
    "ann@exa mple.org",
    "ann@example.org>",
    "ann@example..org",
    "ann..x@example.org",
    `${"a".repeat(65)}@example.org`,
  ])("is not %j", (address) => {
    expect(isAddress(address)).toBe(false);
  });
});
