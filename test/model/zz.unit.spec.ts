import { it } from "vitest";
import { generateStory } from "./generate.js";
import { runNaive } from "./naive/run.js";
it("stats", () => {
  const n = parseInt(process.env["N"] ?? "300", 10);
  const t0 = Date.now();
  const counts = new Map<string, [number, number]>();
  let total = 0, refused = 0;
  const codes = new Map<string, number>();
  let slow: [number, number][] = [];
  for (let s = 1; s <= n; s++) {
    const a = Date.now();
    const story = generateStory(s);
    const b = Date.now();
    const out = runNaive(story);
    slow.push([Date.now() - a, s]);
    story.steps.forEach((step, i) => {
      const k = Object.keys(step).find((x) => !["on", "effective"].includes(x)) ?? "clock";
      const key = k + ("effective" in step ? (String(step.effective) < step.on ? " back" : " ahead") : "");
      const c = counts.get(key) ?? [0, 0];
      total++;
      const code = out.steps[i];
      if (code != null) { c[1]++; refused++; codes.set(code, (codes.get(code) ?? 0) + 1); } else c[0]++;
      counts.set(key, c);
    });
  }
  console.log("ms per story", (Date.now() - t0) / n, "refused", refused / total);
  console.log([...counts].sort().map(([k, [a, r]]) => `${k}: ${a} ok ${r} refused`).join("\n"));
  console.log(codes);
  console.log("slow", slow.sort((x, y) => y[0] - x[0]).slice(0, 10).join(" | "));
}, 300000);
