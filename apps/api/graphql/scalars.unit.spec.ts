import { GraphQLID, parseValue } from "graphql/index.js";
import { describe, expect, it } from "vitest";
import { ID } from "./scalars.js";

const UPPER = "7D3F6F4E-6F0C-4D27-9C0E-1B1C5F1D2A90";
const literal = (text: string) => ID.parseLiteral(parseValue(text), {});

describe("an ID", () => {
  it("is read in lower case when it is a UUID, else as it is", () => {
    expect(ID.parseValue(UPPER)).toBe(UPPER.toLowerCase());
    expect(literal(`"${UPPER}"`)).toBe(UPPER.toLowerCase());
    for (const other of ["Recurring-1", `${UPPER}0`, "", "7D3F6F4E6F0C4D279C0E1B1C5F1D2A90"]) {
      expect(ID.parseValue(other)).toBe(other);
      expect(literal(JSON.stringify(other))).toBe(other);
    }
  });

  it("takes and refuses what GraphQL's own does, with the same words", () => {
    expect([ID.parseValue(7), literal("7"), ID.serialize("A"), ID.name]).toEqual(["7", "7", "A", "ID"]);
    for (const wrong of [1.5, true, {}, null]) {
      const own = () => GraphQLID.parseValue(wrong);
      expect(own).toThrow();
      expect(() => ID.parseValue(wrong)).toThrow(messageOf(own));
    }
  });
});

const messageOf = (task: () => unknown): string => {
  try {
    task();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};
