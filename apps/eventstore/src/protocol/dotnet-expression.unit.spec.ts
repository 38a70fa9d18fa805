import { expect, it } from "vitest";
import { dotnetExpression, UnsupportedExpression } from "./dotnet-expression.js";

const matches = (source: string, ...texts: string[]): boolean[] =>
  texts.map((text) => dotnetExpression(source).test(text));

it.each<[string, string[], string[]]>([
  ["^order-[0-9]+$", ["order-1", "order-12", "order-1\n"], ["order-", "my-order-1", "order-1\n\n"]],
  ["(?i)^ORDER", ["order-1", "Order"], ["reorder"]],
  ["(?x) ^ a  b # the rest is a remark\n c", ["abc"], ["a b c", "ab"]],
  ["(?ix-x)^A B", ["a bc"], ["ab"]],
  ["(?m)^b$", ["a\nb\nc", "b"], ["ab"]],
  ["(?s)a.b", ["a\nb", "a-b"], ["ab"]],
  ["a.b", ["a-b", "a\rb"], ["a\nb"]],
  ["\\Aab\\z", ["ab"], ["ab\n", "cab"]],
  ["\\Aab\\Z", ["ab", "ab\n"], ["ab\n\n"]],
  ["^(?>a+)b", ["aaab"], ["aaa"]],
  ["^(?>a|ab)c", ["ac"], ["abc"]],
  ["\\p{Lu}\\P{Lu}", ["Äb", "A1"], ["äb", "AB"]],
  ["^\\p{L}+$", ["größe"], ["größe1"]],
  ["^\\d\\D$", ["1a", "٣a"], ["aa", "11"]],
  ["^\\w+$", ["größe_1"], ["a-b"]],
  ["^\\W+$", ["-+"], ["-ü"]],
  ["\\bübel\\b", ["das übel!"], ["verübeln"]],
  ["^[\\w-]+$", ["ü-1"], ["a b"]],
  ["^[^\\W\\d]+$", ["ab"], ["a1", "-"]],
  ["^[a-z-[aeiou]]+$", ["xyz"], ["xay"]],
  ["^[]a^-]+$", ["]a^-"], ["b"]],
  ["^[\\]\\[\\-\\\\]+$", ["[]-\\"], ["a"]],
  ["^(?<year>\\d{4})-(?'month'\\d{2})$", ["2026-11"], ["26-11"]],
  ["^(a|b)c(?:d|e)(?=f)(?!g)", ["acdf"], ["acd"]],
  ["(?<=x)a(?<!y)", ["xa"], ["ya"]],
  ["^a{2,3}{$", ["aa{"], ["a{"]],
  ["^}]$", ["}]"], ["]"]],
  ["^\\$\\.\\@\\x41\\u00e4\\t$", ["$.@Aä\t"], ["$"]],
  ["(?#a remark)^a(?#another)b", ["ab"], ["a"]],
  ["^a*?b+?c??$", ["aabbc"], ["c"]],
  ["^[^$].*", ["order"], ["$system"]],
  ["^[🎯x]\\🎯🎯$", ["🎯🎯🎯", "x🎯🎯"], ["🎯🎯"]],
  ["^[\\s\\S]$", ["\n", "a"], [""]],
  ["", ["", "a"], []],
])("%s matches what it does in .NET", (source, matching, others) => {
  expect(matches(source, ...matching)).toEqual(matching.map(() => true));
  expect(matches(source, ...others)).toEqual(others.map(() => false));
});

it.each([
  ["(", "it is not valid"],
  [")", "it is not valid"],
  ["[a", "it is not valid"],
  ["a**", "it is not valid"],
  ["*", "it is not valid"],
  ["[b-a]", "it is not valid"],
  ["a\\", "it is not valid"],
  ["a(?i)b", "options inside it, conditions and numbered groups are not supported"],
  ["(?i:a)b", "options inside it, conditions and numbered groups are not supported"],
  ["(a)?(?(1)b|c)", "options inside it, conditions and numbered groups are not supported"],
  ["(a)\\1", "\\1 is not supported"],
  ["(?<a>a)\\k<a>", "\\k is not supported"],
  ["\\Ga", "\\G is not supported"],
  ["\\p{IsGreek}", "\\p takes a general category of Unicode only"],
])("%s is refused", (source, reason) => {
  expect(() => dotnetExpression(source)).toThrow(new UnsupportedExpression(reason));
});
