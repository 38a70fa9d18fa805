import { type DiscountEndOr } from "../../actions.js";
import { type Names } from "../names.js";
import { Mapping, type Reader } from "../place.js";
import { date } from "../values.js";

/** `{ date: D }` or `{ syncWith: NAME }`, or one of the words that stand for a choice too. */
export const discountEnd =
  <Word extends string = never>(names: Names, ...words: Word[]): Reader<DiscountEndOr<Word>> =>
  (at) => {
    const kind = words.find((known) => known === at.scalar);
    if (kind !== undefined) return { kind };
    if (at.scalar !== undefined) {
      return at.refuse(
        `${at.label} must be ${[...words, "{date: …} or {syncWith: …}"].join(", ")}, not ${at.description}`,
      );
    }
    const choice = new Mapping(at, ["date", "syncWith"]);
    if (choice.has("date") && choice.has("syncWith")) at.refuse(`${at.label} has either "date" or "syncWith"`);
    if (!choice.has("syncWith")) return { kind: "MANUAL", date: choice.required("date", date) };
    return { kind: "SYNCHRONISED", commitment: choice.required("syncWith", names.reference("assigned")) };
  };
