import { spawn } from "node:child_process";
import { type PromptLanguage } from "./catalogue.js";

/** The voices of espeak-ng. */
const VOICES: Readonly<Record<PromptLanguage, string>> = { en: "en-us", it: "it" };
/** Samples of a packet (../playout.ts): recordings are whole packets. */
const PACKET = 160;
const SILENCE = 0xff;

/**
 * A text as speech: PCMU, 8,000 samples a second. The same text with the same versions of espeak-ng and sox gives the same
 * bytes: sox neither dithers (-D) nor uses chance (-R).
 * @throws Error where espeak-ng or sox are missing or fail
 */
export const synthesise = async (text: string, language: PromptLanguage): Promise<Buffer> => {
  const speech = await run("espeak-ng", ["-v", VOICES[language], "-s", "150", "--stdout"], Buffer.from(text));
  const filter = ["-D", "-R", "-t", "wav", "-", "-t", "raw", "-r", "8000", "-c", "1", "-e", "mu-law", "-b", "8", "-"];
  const samples = await run("sox", [...filter, "gain", "-n", "-3"], speech);
  return Buffer.concat([samples, Buffer.alloc((PACKET - (samples.length % PACKET)) % PACKET, SILENCE)]);
};

/** A recording as a file that players know: RIFF, format 7 (mu-law), mono. */
export const wavOf = (recording: Buffer): Buffer => {
  const header = Buffer.alloc(46);
  header.write("RIFF", 0);
  header.writeUInt32LE(38 + recording.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(7, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 38);
  header.writeUInt32LE(recording.length, 42);
  return Buffer.concat([header, recording]);
};

const run = (program: string, parameters: readonly string[], input: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters);
    const [out, told]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (data: Buffer) => out.push(data));
    child.stderr.on("data", (data: Buffer) => told.push(data));
    child.once("error", () => {
      reject(new Error(`${program} is missing: apt-get install espeak-ng sox`));
    });
    child.once("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Error(`${program} failed: ${Buffer.concat(told).toString("utf8").trim()}`));
    });
    // A program that ended early has said why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
