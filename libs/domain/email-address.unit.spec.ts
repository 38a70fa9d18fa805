import { describe, expect, it } from "vitest";
import { isEmailAddress } from "./email-address.js";

describe("one e-mail address", () => {
  it.each([
    "ann@example.org",
    "ann+bills@mail.example.org",
    "o'hara@example.org",
    "ann@bücher.example",
    "δοκιμή@παράδειγμα.δοκιμή",
    "अजय@डाटा.भारत",
    "ann@localhost",
    `${"a".repeat(64)}@${"b".repeat(63)}.example`,
  ])("is %s", (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each([
    ...["", "ann", "ann@", "@example.org", "ann@@example.org", "ann@example@example.org"],
    ...["ann@example.org, eve@example.net", "ann@example.org;eve@example.net", "Ann <ann@example.org>"],
    ...["ann@example.org\r\nBcc: eve@example.net", "ann @example.org", "ann@exa mple.org", "ann@example.org>"],
    ...["ann@example..org", "ann..x@example.org", "ann@.example.org", "ann@example.org.", "ann@-example.org"],
    ...["ann@exam_ple.org", "ann@[192.0.2.1]", '"ann b"@example.org', "mailto:ann@example.org"],
    `${"a".repeat(65)}@example.org`,
    `ann@${"b".repeat(64)}.example`,
    `ann@${"bcde.".repeat(50)}example`,
  ])("is not %j", (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });
});
