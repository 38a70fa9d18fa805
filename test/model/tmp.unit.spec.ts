import { it } from "vitest";
import { differences } from "./compare.js";
import { playOnDomain } from "./engine/play.js";
import { generateStory } from "./generate.js";
import { runNaive } from "./naive/run.js";
it("x", () => {
  let n = 0; let bad = 0; const kinds = new Map<string, number>(); const examples: string[] = [];
  let tn = 0, te = 0;
  const N = parseInt(process.env["N"] ?? "300", 10);
  for (let seed = 1; seed <= N; seed++) {
    n++;
    const story = generateStory(seed);
    let d: string[];
    try {
      let t = performance.now(); const a = runNaive(story); tn += performance.now() - t;
      t = performance.now(); const b = playOnDomain(story).outcome; te += performance.now() - t;
      d = differences(a, b, story);
    } catch (e) { d = ["THROW " + String((e as Error).stack).slice(0, 600)]; }
    if (d.length) { bad++; const f = d[0] ?? ""; const k = f.replace(/\{.*\}/, "").replace(/\d+/g, "#").slice(0, 90); kinds.set(k, (kinds.get(k) ?? 0) + 1); if (examples.length < 12) examples.push(`seed ${seed}: ` + d.slice(0, 4).join("\n    ")); }
  }
  console.log(`${bad} of ${n} differ; naive ${(tn / n).toFixed(1)} ms, engine ${(te / n).toFixed(1)} ms`);
  for (const [k, c] of [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 30)) console.log(c, k);
  console.log(examples.join("\n"));
}, 600000);
