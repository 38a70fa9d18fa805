import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigurationError, type Environment } from "./environment.js";
import { readOpenId } from "./openid.js";

const problems = (environment: Environment): readonly string[] => {
  try {
    readOpenId(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

const own = { TENURE_OIDC_ISSUER: "https://id.example.com", TENURE_OIDC_CLIENT_ID: "tenure" };
const ISSUER = "TENURE_OIDC_ISSUER must be set, and start with https://, or with http:// on this machine.";
const CLIENT = "TENURE_OIDC_CLIENT_ID must be set with TENURE_OIDC_ISSUER.";
const SECRET = "Set one of TENURE_OIDC_CLIENT_SECRET and TENURE_OIDC_CLIENT_SECRET_FILE with TENURE_OIDC_ISSUER.";

describe("the configuration of sign-ins at an OpenID provider", () => {
  it("is none, or whole", () => {
    expect(readOpenId({})).toBeNull();
    expect(readOpenId({ ...own, TENURE_OIDC_CLIENT_SECRET: "hush" })).toEqual({
      issuer: "https://id.example.com",
      clientId: "tenure",
      clientSecret: "hush",
    });
    expect(problems({ TENURE_OIDC_CLIENT_SECRET: "hush" })).toEqual([ISSUER, CLIENT]);
    expect(problems({ ...own, TENURE_OIDC_ISSUER: "http://id.example.com" })).toEqual([ISSUER, SECRET]);
  });

  it("takes the secret from a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tenure-openid-"));
    try {
      const file = join(folder, "secret");
      await writeFile(file, "hush\n");
      expect(readOpenId({ ...own, TENURE_OIDC_CLIENT_SECRET_FILE: file })?.clientSecret).toBe("hush");
      const both = { ...own, TENURE_OIDC_CLIENT_SECRET: "hush", TENURE_OIDC_CLIENT_SECRET_FILE: file };
      expect(problems(both)).toEqual([SECRET]);
      const [missing] = problems({ ...own, TENURE_OIDC_CLIENT_SECRET_FILE: `${file}s` });
      expect(missing).toMatch(/^The file that TENURE_OIDC_CLIENT_SECRET_FILE names cannot be read: ENOENT/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
