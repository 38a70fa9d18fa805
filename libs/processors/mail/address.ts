/**
 * Whether a text is one e-mail address: nothing that a header or a server could read as several, or as more than an
 * address. Whether somebody reads it is for its server to say.
 */
export const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(text);
