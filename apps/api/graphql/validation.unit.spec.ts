import "reflect-metadata";
import { describe, expect, it } from "vitest";
import { DefineOfferInput } from "../catalog/offer-commands.js";
import { ChangeProviderSettingsInput } from "../providers/commands.js";
import { InputValidation } from "./validation.js";

const check = (value: unknown, metatype: new () => object): unknown =>
  new InputValidation().transform(value, { type: "body", metatype, data: "input" });
/** What is thrown, to be compared in part. */
const refusal = (act: () => unknown): unknown => {
  try {
    return { accepted: act() };
  } catch (error) {
    return error;
  }
};

const ID = "3dc7be57-2d6c-543d-8054-44ecfd00bcd9";
const offer = { idempotencyKey: "k", name: "Turbo", currency: "USD" };

describe("validation of inputs", () => {
  it("passes on what the client sent, as it is", () => {
    const input = { ...offer, recurringFees: [{ planId: ID, addOnProductId: null }] };
    expect(check(input, DefineOfferInput)).toBe(input);
  });

  it("names the field in a list of inputs, without its place", () => {
    const input = { ...offer, recurringFees: [{ planId: ID }, { planId: "x" }] };
    expect(refusal(() => check(input, DefineOfferInput))).toMatchObject({
      code: "VALIDATION_FAILED",
      field: "recurringFees.planId",
      message: "planId is not a UUID.",
    });
  });

  it("tells every mistake at once, each with its path", () => {
    const input = {
      ...{ ...offer, idempotencyKey: "", name: "a\u0000" },
      recurringFees: [{ planId: ID }, { planId: "x", addOnProductId: "y" }],
    };
    expect(refusal(() => check(input, DefineOfferInput))).toMatchObject({
      mistakes: [
        {
          field: "idempotencyKey",
          inputPath: ["input", "idempotencyKey"],
          message: "idempotencyKey has 1 to 200 characters.",
        },
        {
          ...{ field: "name", inputPath: ["input", "name"], message: "name holds a control character (U+0000)." },
          facts: { case: "TEXT_UNREADABLE" },
        },
        {
          field: "recurringFees.planId",
          inputPath: ["input", "recurringFees", 1, "planId"],
          message: "planId is not a UUID.",
        },
        {
          field: "recurringFees.addOnProductId",
          inputPath: ["input", "recurringFees", 1, "addOnProductId"],
          message: "addOnProductId is not a UUID.",
        },
      ],
    });
  });

  it("tells how long a text may be, in words and as a fact", () => {
    expect(refusal(() => check({ ...offer, name: "x".repeat(201) }, DefineOfferInput))).toMatchObject({
      mistakes: [
        {
          ...{ code: "VALIDATION_FAILED", field: "name", inputPath: ["input", "name"] },
          ...{ message: "name is longer than 200 characters.", facts: { case: "TEXT_TOO_LONG", most: "200" } },
        },
      ],
    });
  });

  it.each([
    [{ ...offer, idempotencyKey: "k\u200d" }, "idempotencyKey holds an invisible character (U+200D)."],
    [{ ...offer, idempotencyKey: "\u2028" }, "idempotencyKey holds nothing but invisible characters."],
    [{ ...offer, name: "\u202egnp" }, "name holds a character that changes the direction of text (U+202E)."],
    [{ ...offer, description: "\ud83d" }, "description holds half of a surrogate pair (U+D83D)."],
  ])("refuses %j", (input, message) => {
    expect(refusal(() => check(input, DefineOfferInput))).toMatchObject({ message });
  });

  it("allows several lines in descriptions only", () => {
    const input = { ...offer, description: "a\nb" };
    expect(check(input, DefineOfferInput)).toBe(input);
    expect(refusal(() => check({ ...offer, name: "a\nb" }, DefineOfferInput))).toMatchObject({ field: "name" });
  });

  it("reads the texts that are arguments themselves", () => {
    const argument = { type: "body", metatype: Object, data: "identifier" } as const;
    expect(new InputValidation().transform("1201", argument)).toBe("1201");
    expect(refusal(() => new InputValidation().transform("12\u000001", argument))).toMatchObject({
      code: "VALIDATION_FAILED",
      field: "identifier",
      message: "identifier holds a control character (U+0000).",
    });
  });

  it.each(["", "x".repeat(201)])("refuses the idempotency key %j", (idempotencyKey) => {
    expect(refusal(() => check({ ...offer, idempotencyKey }, DefineOfferInput))).toMatchObject({
      field: "idempotencyKey",
    });
  });

  it("tells what is left out from what is null", () => {
    const input = { idempotencyKey: "k" };
    expect(check(input, ChangeProviderSettingsInput)).toBe(input);
    expect(refusal(() => check({ ...input, name: null }, ChangeProviderSettingsInput))).toMatchObject({
      field: "name",
      message: "name cannot be null; leave it out instead.",
    });
    expect(check({ ...offer, description: null }, DefineOfferInput)).toMatchObject({ description: null });
  });

  it("takes inputs without a prototype, as GraphQL makes them", () => {
    const input = Object.assign(Object.create(null) as object, { idempotencyKey: "k", name: "x".repeat(201) });
    expect(refusal(() => check(input, ChangeProviderSettingsInput))).toMatchObject({ field: "name" });
  });
});
