/** Recordings are kept as PCMU; PCMA is made of it sample by sample (ITU-T G.711, by 14 and 13 bits in 16). */

const linearOf = (mu: number): number => {
  const bits = ~mu & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
  return (bits & 0x80) === 0 ? magnitude : -magnitude;
};

const aLawOf = (linear: number): number => {
  const isNegative = linear < 0;
  const magnitude = (isNegative ? ~linear : linear) >> 3;
  let segment = 0;
  while (segment < 7 && magnitude > (0x20 << segment) - 1) segment += 1;
  const step = segment < 2 ? magnitude >> 1 : magnitude >> segment;
  return ((segment << 4) | (step & 0x0f)) ^ (isNegative ? 0x55 : 0xd5);
};

const TABLE = Uint8Array.from({ length: 256 }, (_, mu) => aLawOf(linearOf(mu)));

export const aLawFromMuLaw = (recording: Uint8Array): Buffer =>
  Buffer.from(recording.map((sample) => TABLE[sample] ?? 0));
