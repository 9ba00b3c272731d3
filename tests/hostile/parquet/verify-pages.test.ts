/**
 * Verify's own reader over flipped bits in pages, in the workers that read for it: the day is worked out from what stands there, or not verified, by
 * the name of the file and with a reason. A reader that does not come to an end is ended, and the next day is worked out as ever.
 */
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildCli } from "../../../scripts/lib/build-cli.mjs";
import { readRecordedRun } from "../../../src/core/results/recorded-run.ts";
import type { DayVerdict } from "../../../src/core/results/verification.ts";
import { ReferenceDays } from "../../../src/pool/reference-days.ts";
import { createNodeHost } from "../../../src/pool/spawn-node.ts";
import type { HostedWorker } from "../../../src/pool/worker-host.ts";
import { straddle } from "../../support/cli.ts";
import { smallSample } from "../../support/layouts.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { writeTables } from "../../support/write-table.ts";
import { seeded } from "../../unit/core/results/trades.ts";
import { footerStart } from "./damage.ts";

/** `npm run test:soak` takes more, of another seed. Of these the eighth does not end. */
const SEEDS = 40 * Number(process.env.FUZZ_TIMES ?? 1);
const FIRST = Number(process.env.FUZZ_SEED ?? 20);
/** Milliseconds without another file; the product waits five minutes. */
const HANG_AFTER = 15_000;
const STRATEGY = "name: x\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }\n";

const sample = smallSample({ seed: 17, days: 1, strikesEachSide: 1 });
const spot = sample.files.find(({ date }) => date !== undefined)!.path;
const contract = sample.files.filter(({ date }) => date === undefined).map(({ path }) => path).sort()[1];

const root = join(tempFolder(), "data");
let catalogue: HostedWorker<"catalogue">;
let reference: ReferenceDays;
let date: string;

beforeAll(async () => {
  sample.files.forEach((file, i) => writeTables(root, file.path, [...file.tables()], { codec: i % 2 === 0 ? "SNAPPY" : "UNCOMPRESSED" }));
  process.env.STRADDLE_CACHE = tempFolder();
  const host = createNodeHost(pathToFileURL(join(await buildCli(), "worker.js")));
  const source = () => ({ kind: "node", root }) as const;
  const out = join(tempFolder(), "out");
  const strategy = join(tempFolder(), "strategy.yaml");
  writeFileSync(strategy, STRATEGY);
  const { status, stderr } = await straddle(["run", strategy, "--data", root, "--out", out]);
  expect(status, stderr).toBe(0);
  const text = (name: string) => readFileSync(join(out, name), "utf8");
  const run = readRecordedRun({ ledger: text("run.json"), trades: text("trades.csv"), skips: text("skips.csv") });
  [date] = run.daysRun;
  catalogue = host.spawn("catalogue");
  await catalogue.api.open(source(), {}, () => undefined);
  const plan = await catalogue.api.plan([run.strategy], () => undefined);
  reference = new ReferenceDays({ run, host, source, plan, named: await catalogue.api.named(["BANKNIFTY"]), variants: run.strategy.variants, hangAfter: HANG_AFTER });
});
afterAll(() => {
  reference?.end();
  catalogue?.end();
});

/** What Verify makes of the day while a file has other bytes. */
async function verdictOn(path: string, bytes: Uint8Array, second: number): Promise<DayVerdict> {
  writeFileSync(join(root, path), bytes);
  // Each is another file to whoever remembers the one before.
  utimesSync(join(root, path), second, second);
  const verdict = await reference.day(date);
  // A machine that stands still for so long is no reader that hangs.
  return isEnded(verdict) && !verdict.why!.includes(path) ? reference.day(date) : verdict;
}

const isEnded = ({ why }: DayVerdict) => /^the reference does not end/.test(why ?? "");

it("works the day out from what stands there, or says of which file it cannot and why", async () => {
  const count: Record<string, number> = {};
  let clock = 1_700_000_000;
  for (const path of [spot, contract]) {
    const sound = readFileSync(join(root, path));
    const pages = footerStart(sound);
    expect(await verdictOn(path, sound, clock++)).toMatchObject({ result: "equal" });
    for (let seed = FIRST; seed < FIRST + SEEDS / 2; seed++) {
      const random = seeded(seed);
      const bytes = Uint8Array.from(sound);
      // Where pages begin flips do most: their headers and levels are there.
      for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips--) bytes[4 + Math.floor(random() ** 4 * (pages - 4))] ^= 1 << Math.floor(random() * 8);
      const verdict = await verdictOn(path, bytes, clock++);
      const { result, why, differences, notes } = verdict;
      const outcome = result !== "unverified" ? result : isEnded(verdict) ? "ended" : /was lost/.test(why!) ? "lost" : "refused";
      count[outcome] = (count[outcome] ?? 0) + 1;
      if (result === "unverified") expect(why, `seed ${seed}`).toContain(path);
      else if (result !== "equal") {
        expect(differences.length, `seed ${seed}`).toBeGreaterThan(0);
        expect(notes.join(), `seed ${seed}`).toContain(path);
      }
      if (outcome === "ended") expect(why).toMatch(/which may be damaged: copy it again from its source \(The worker gave no sign of life for 15 seconds/);
      if (outcome === "refused") expect(why, `seed ${seed}`).toMatch(/cannot be read \(.+\)\. Unless it has just changed, it is damaged: copy it again from its source$/);
      if (outcome === "ended" || seed % 50 === 0) expect(await verdictOn(path, sound, clock++), `after seed ${seed}`).toMatchObject({ result: "equal" });
    }
    expect(await verdictOn(path, sound, clock++)).toMatchObject({ result: "equal" });
  }
  console.log(`pages with flipped bits: ${Object.entries(count).map(([what, times]) => `${times} ${what}`).join(", ")}`);
  expect(count.refused).toBeGreaterThan(SEEDS / 10);
  if (FIRST === 20) expect(count.ended).toBeGreaterThan(0);
}, 3_600_000);
