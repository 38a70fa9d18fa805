import "reflect-metadata";
import { describe, expect, it } from "vitest";
import { DefineOfferInput } from "../catalog/offer-commands.js";
import { ChangeProviderSettingsInput } from "../providers/commands.js";
import { InputValidation } from "./validation.js";

const check = (value: unknown, metatype: new () => object): Promise<unknown> =>
  new InputValidation().transform(value, { type: "body", metatype });

const ID = "3dc7be57-2d6c-543d-8054-44ecfd00bcd9";
const offer = { idempotencyKey: "k", name: "Turbo", currency: "USD" };

describe("validation of inputs", () => {
  it("passes on what the client sent, as it is", async () => {
    const input = { ...offer, recurringFees: [{ planId: ID, addOnProductId: null }] };
    expect(await check(input, DefineOfferInput)).toBe(input);
  });

  it("names the field in a list of inputs, without its place", async () => {
    const input = { ...offer, recurringFees: [{ planId: ID }, { planId: "x" }] };
    await expect(check(input, DefineOfferInput)).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      field: "recurringFees.planId",
      message: "planId is not a UUID.",
    });
  });

  it("tells every mistake at once, each with its path", async () => {
    const input = {
      ...{ ...offer, idempotencyKey: "", name: "a\u0000" },
      recurringFees: [{ planId: ID }, { planId: "x", addOnProductId: "y" }],
    };
    await expect(check(input, DefineOfferInput)).rejects.toMatchObject({
      mistakes: [
        { field: "idempotencyKey", inputPath: ["idempotencyKey"], message: "idempotencyKey has 1 to 200 characters." },
        { field: "name", inputPath: ["name"], message: "name holds a control character (U+0000)." },
        {
          field: "recurringFees.planId",
          inputPath: ["recurringFees", 1, "planId"],
          message: "planId is not a UUID.",
        },
        {
          field: "recurringFees.addOnProductId",
          inputPath: ["recurringFees", 1, "addOnProductId"],
          message: "addOnProductId is not a UUID.",
        },
      ],
    });
  });

  it.each([
    [{ ...offer, idempotencyKey: "k\u200d" }, "idempotencyKey holds an invisible character (U+200D)."],
    [{ ...offer, idempotencyKey: "\u2028" }, "idempotencyKey holds nothing but invisible characters."],
    [{ ...offer, name: "\u202egnp" }, "name holds a character that changes the direction of text (U+202E)."],
    [{ ...offer, description: "\ud83d" }, "description holds half of a surrogate pair (U+D83D)."],
  ])("refuses %j", async (input, message) => {
    await expect(check(input, DefineOfferInput)).rejects.toMatchObject({ message });
  });

  it("allows several lines in descriptions only", async () => {
    const input = { ...offer, description: "a\nb" };
    expect(await check(input, DefineOfferInput)).toBe(input);
    await expect(check({ ...offer, name: "a\nb" }, DefineOfferInput)).rejects.toMatchObject({ field: "name" });
  });

  it("reads the texts that are arguments themselves", async () => {
    const argument = { type: "body", metatype: Object, data: "identifier" } as const;
    expect(await new InputValidation().transform("1201", argument)).toBe("1201");
    await expect(new InputValidation().transform("12\u000001", argument)).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      field: "identifier",
      message: "identifier holds a control character (U+0000).",
    });
  });

  it.each(["", "x".repeat(201)])("refuses the idempotency key %j", async (idempotencyKey) => {
    await expect(check({ ...offer, idempotencyKey }, DefineOfferInput)).rejects.toMatchObject({
      field: "idempotencyKey",
    });
  });

  it("tells what is left out from what is null", async () => {
    const input = { idempotencyKey: "k" };
    expect(await check(input, ChangeProviderSettingsInput)).toBe(input);
    await expect(check({ ...input, name: null }, ChangeProviderSettingsInput)).rejects.toMatchObject({
      field: "name",
      message: "name cannot be null; leave it out instead.",
    });
    expect(await check({ ...offer, description: null }, DefineOfferInput)).toMatchObject({ description: null });
  });

  it("takes inputs without a prototype, as GraphQL makes them", async () => {
    const input = Object.assign(Object.create(null) as object, { idempotencyKey: "k", name: "x".repeat(201) });
    await expect(check(input, ChangeProviderSettingsInput)).rejects.toMatchObject({ field: "name" });
  });
});
