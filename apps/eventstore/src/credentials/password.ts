import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";

/** Cost parameters of scrypt: about 0.1 s and 32 MiB per check. */
const COST = { N: 2 ** 15, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

const FORM = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w+/=]+)\$([\w+/=]+)$/;

/**
 * `scrypt$N$r$p$salt$key`, the last two in base64: each password has its own cost, so that the cost can be raised
 * later.
 */
export const hashPassword = async (password: string, cost = COST): Promise<string> => {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64"), key.toString("base64")].join("$");
};

export const isPasswordHash = (text: string): boolean => FORM.test(text);

/** Checks a password in constant time. */
export const matchesHash = async (password: string, hash: string): Promise<boolean> => {
  const [, N, r, p, salt = "", key = ""] = FORM.exec(hash) ?? [];
  const expected = Buffer.from(key, "base64");
  if (expected.length !== KEY_BYTES) return false;
  const derived = await derive(password, Buffer.from(salt, "base64"), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, expected);
};

const derive = (password: string, salt: Buffer, { N, r, p }: typeof COST): Promise<Buffer> => {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFC"), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
};
