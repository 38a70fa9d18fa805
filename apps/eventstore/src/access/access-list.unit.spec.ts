import { expect, it } from "vitest";
import { parseAccessList, parseDefaultLists } from "./access-list.js";

const NOBODY = { read: [], write: [], delete: [], metadataRead: [], metadataWrite: [] };

it.each([
  ["{}", {}],
  ['{"$maxCount":1}', {}],
  ["no JSON", {}],
  ["[]", {}],
  ['{"$acl":null}', {}],
  ['{"$acl":{}}', {}],
  ['{"$acl":{"$r":"a","$w":["b","$admins"],"$d":[],"$mr":null}}', { read: ["a"], write: ["b", "$admins"], delete: [] }],
  ['{"$acl":{"$mr":"$all","$mw":"c","other":7}}', { metadataRead: ["$all"], metadataWrite: ["c"] }],
  ['{"$acl":"$userStreamAcl"}', "$userStreamAcl"],
  ['{"$acl":"$systemStreamAcl"}', "$systemStreamAcl"],
])("reads the access list of the metadata %s", (metadata, list) => {
  expect(parseAccessList(Buffer.from(metadata))).toEqual(list);
});

it.each(['"$else"', "7", "[]", "true", '{"$r":7}', '{"$r":["a",7]}', '{"$r":{"a":1}}'])(
  "takes an access list that makes no sense, as %s, for one that allows nobody anything",
  (list) => {
    expect(parseAccessList(Buffer.from(`{"$acl":${list}}`))).toEqual(NOBODY);
    expect(parseDefaultLists(Buffer.from(`{"$userStreamAcl":${list}}`))).toEqual({
      $userStreamAcl: NOBODY,
      $systemStreamAcl: {},
    });
  },
);

it.each([
  ["{}", {}, {}],
  ["no JSON", {}, {}],
  ['{"$userStreamAcl":{"$r":"a"},"$systemStreamAcl":{"$w":["b"]}}', { read: ["a"] }, { write: ["b"] }],
])("reads the default lists of %s", (data, $userStreamAcl, $systemStreamAcl) => {
  expect(parseDefaultLists(Buffer.from(data))).toEqual({ $userStreamAcl, $systemStreamAcl });
});
