import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userCommand } from "./command.js";
import { hashPassword, matchesHash } from "./password.js";
import { writeUsers } from "./users-file.js";
import { Users } from "./users.js";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenure-users-"));
  file = join(folder, "users.json");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const user = (args: string[], password = "correct horse") =>
  userCommand([...args, "--users", file], () => Promise.resolve(password));

const basic = (name: string, password: string) => `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;

describe("a password", () => {
  it("matches its hash and no other, and has another hash each time", async () => {
    const [first, second] = await Promise.all([hashPassword("pässword"), hashPassword("pässword")]);
    expect(first).not.toBe(second);
    expect(
      await Promise.all([
        matchesHash("pässword", first),
        matchesHash("pa\u0308ssword", second),
        matchesHash("password", first),
        matchesHash("", first),
        matchesHash("pässword", "pässword"),
      ]),
    ).toEqual([true, true, false, false, false]);
  });
});

describe("the user command", () => {
  it("adds, changes, lists and removes users, and keeps no password", async () => {
    expect(await user(["add", "billing"])).toBe("added billing");
    expect(await user(["add", "audit"])).toBe("added audit");
    expect(await user(["add", "billing"], "another horse")).toBe("changed the password of billing");
    expect(await user(["list"])).toBe("audit\nbilling");
    expect(await user(["remove", "audit"])).toBe("removed audit");
    expect(await user(["list"])).toBe("billing");
    expect(readFileSync(file, "utf8")).not.toContain("horse");
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("puts users into groups, and keeps them when the password is changed", async () => {
    await user(["add", "billing"]);
    await user(["add", "audit"]);
    expect(await user(["groups", "billing", "writers", "$admins", "writers"])).toBe("billing is in $admins, writers");
    await user(["add", "billing"], "another horse");
    expect(await user(["list"])).toBe("audit\nbilling ($admins, writers)");
    const users = await Users.load(file);
    expect(["billing", "audit", "nobody"].map((name) => users.groupsOf(name))).toEqual([
      ["$admins", "writers"],
      [],
      [],
    ]);
    expect(await user(["groups", "billing"])).toBe("billing is in no group");
    expect(await user(["list"])).toBe("audit\nbilling");
  });

  it("refuses groups and users that could be taken for each other", async () => {
    await user(["add", "billing"]);
    await user(["add", "audit"]);
    await user(["groups", "billing", "writers"]);
    await expect(user(["groups", "audit", "billing"])).rejects.toThrow(/"billing" is not a group's name/);
    await expect(user(["groups", "audit", "a:b"])).rejects.toThrow(/"a:b" is not a group's name/);
    await expect(user(["groups", "nobody", "writers"])).rejects.toThrow(/there is no user nobody/);
    await expect(user(["add", "writers"])).rejects.toThrow(/"writers" is the name of a group/);
  });

  it("reads a file that knows no groups, as older servers wrote it", async () => {
    const hash = await hashPassword("correct horse", { N: 16, r: 8, p: 1 });
    writeFileSync(file, JSON.stringify({ format: "tenure-eventstore users 1", users: { billing: hash } }));
    const users = await Users.load(file);
    expect(await users.check(basic("billing", "correct horse"))).toEqual({ user: "billing" });
    expect(await user(["groups", "billing", "writers"])).toBe("billing is in writers");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      format: "tenure-eventstore users 2",
      users: { billing: { passwordHash: hash, groups: ["writers"] } },
    });
  });

  it.each([
    [["add", "$admins"], "correct horse", /"\$admins" is not a user's name/],
    [["add", "a:b"], "correct horse", /"a:b" is not a user's name/],
    [["add", " spaces "], "correct horse", /is not a user's name/],
    [["add", "short"], "1234567", /the password is shorter than 8 characters/],
    [["remove", "nobody"], "", /the users file .* cannot be used: it does not exist/],
    [["list", "more", "and more"], "", /"and more" is too much/],
    [["rename", "a"], "", /say what to do/],
    [["add"], "", /the user's name is missing/],
  ])("refuses %j", async (args, password, reason) => {
    await expect(user(args, password)).rejects.toThrow(reason);
  });

  it("refuses to remove a user that there is not, and a file that is something else", async () => {
    await user(["add", "billing"]);
    await expect(user(["remove", "audit"])).rejects.toThrow(/there is no user audit/);
    writeFileSync(file, "thesis");
    await expect(user(["list"])).rejects.toThrow(/it is not a users file of this server/);
  });
});

describe("the users of a server", () => {
  it("are told by name and password, each their own", async () => {
    await user(["add", "billing"], "first secret");
    await user(["add", "audit"], "second: with a colon");
    const users = await Users.load(file);
    expect(
      await Promise.all(
        [
          basic("billing", "first secret"),
          basic("audit", "second: with a colon"),
          basic("billing", "second: with a colon"),
          basic("nobody", "first secret"),
          basic("", ""),
          "Basic !",
          "Bearer abc",
          undefined,
          basic("billing", "first secret"),
        ].map((header) => users.check(header)),
      ),
    ).toEqual([{ user: "billing" }, { user: "audit" }, ..."wrong ".repeat(6).trim().split(" "), { user: "billing" }]);
  });

  it("are refused when too many wait to be checked", async () => {
    writeUsers(
      file,
      new Map([["billing", { passwordHash: await hashPassword("correct horse", { N: 16, r: 8, p: 1 }), groups: [] }]]),
    );
    const users = await Users.load(file);
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, (_, n) => users.check(basic("billing", `guess ${n}`))),
    );
    expect(verdicts).toEqual([..."wrong ".repeat(32).trim().split(" "), ..."busy ".repeat(8).trim().split(" ")]);
    expect(await users.check(basic("billing", "correct horse"))).toEqual({ user: "billing" });
  });

  it("change with the file while the server runs, and are nobody when it cannot be read", async () => {
    await user(["add", "billing"]);
    const users = await Users.load(file);
    const check = () => users.check(basic("billing", "correct horse"));
    expect(await check()).toEqual({ user: "billing" });
    const untilChanged = async (wanted: unknown) => {
      while (JSON.stringify(await check()) !== JSON.stringify(wanted))
        await new Promise((done) => setTimeout(done, 20));
    };
    await user(["remove", "billing"]);
    await untilChanged("wrong");
    await user(["add", "billing"]);
    await untilChanged({ user: "billing" });
    writeFileSync(file, "thesis");
    utimesSync(file, 1, 1);
    await untilChanged("wrong");
  });
});
