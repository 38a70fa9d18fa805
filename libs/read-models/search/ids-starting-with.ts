/** The id, or its beginning: the whole first group at least. */
const BEGINNING =
  /^[0-9a-f]{8}(?:-[0-9a-f]{0,4}|-[0-9a-f]{4}-[0-9a-f]{0,4}|(?:-[0-9a-f]{4}){2}-[0-9a-f]{0,4}|(?:-[0-9a-f]{4}){3}-[0-9a-f]{0,12})?$/;
const NIL = "00000000-0000-0000-0000-000000000000";
const MAX = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** The first and the last id that begin with a text, in any case; null: it is no beginning of an id, or too short. */
export const idsStartingWith = (text: string): { readonly first: string; readonly last: string } | null => {
  const beginning = text.toLowerCase();
  if (!BEGINNING.test(beginning)) return null;
  return { first: beginning + NIL.slice(beginning.length), last: beginning + MAX.slice(beginning.length) };
};
