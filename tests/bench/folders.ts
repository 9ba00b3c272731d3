/** Data that the measurements are taken over: made once, below build/. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeSample } from "../../src/cli/sample.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import { dayNumber, isoDate } from "../../src/core/time.ts";
import { writeSpotFolder } from "../support/spot-folder.ts";

const ROOT = join(import.meta.dirname, "../../build/bench");
export const SAMPLE_DAYS = 3;
const FIVE_YEARS_FROM = dayNumber("2019-08-19");
export const HOURLY = readFileSync(join(import.meta.dirname, "../../strategies/atm-hourly-straddle.yaml"), "utf8");
/** Days of the long runs. */
export const YEAR = 250;
export const FIVE_YEARS = 1_250;
export const CATALOGUE_FILES = 10_000;

/** Contract files of three days with 52 columns and up to 60,000 rows, as in the raw layout. */
export function tradingFolder(): Promise<string> {
  return made("sample", async (out) => void (await writeSample({ out, days: SAMPLE_DAYS, seed: 1 })));
}

/** A trading year of the contracts near the money, a snapshot every few seconds. */
export function yearFolder(days: number): Promise<string> {
  return made(`year-${days}`, async (out) => void (await writeSample({ out, days, seed: 3, strikesEachSide: 2, cadence: { near: 10, far: 300, nearSteps: 2, laterExpiries: 60 } })));
}

/** Five years of ATM and its neighbours, a snapshot about every 25 seconds: as rare as spot may be that chooses a strike. */
export function fiveYearFolder(days: number): Promise<string> {
  return made(`five-years-${days}`, async (out) => void (await writeSample({ out, days, seed: 5, from: FIVE_YEARS_FROM, strikesEachSide: 1, cadence: { near: 20, far: 300, nearSteps: 2, laterExpiries: 300 } })));
}

/** Five years of spot with a row in every second, one file a day. */
export function spotYears(days: number): Promise<string> {
  return made(`spot-${days}`, async (root) => void writeSpotFolder({ root, from: FIVE_YEARS_FROM, days, seed: 7 }));
}

/** Weekly contracts of five years: small files, since names are what the index is made of. */
export function manyFiles(): Promise<string> {
  return made("many", async (out) => {
    const small = join(import.meta.dirname, "../../public/sample/options/banknifty2482151600ce.parquet");
    mkdirSync(join(out, "options"), { recursive: true });
    const expiries = defaultRules.expiries("BANKNIFTY").filter(({ date, monthly }) => !monthly && isoDate(date) >= "2019-06-01");
    for (let i = 0; i < CATALOGUE_FILES; i++) {
      const { date } = expiries[Math.floor(i / 100) % expiries.length];
      const [year, month, day] = isoDate(date).split("-");
      const strike = 30_000 + (i % 50) * 100;
      const name = `banknifty${year.slice(2)}${"123456789ond"[Number(month) - 1]}${day}${strike}${i % 100 < 50 ? "ce" : "pe"}`;
      copyFileSync(small, join(out, "options", `${name}.parquet`));
    }
  });
}

/** A folder that is complete whenever it is there. */
async function made(name: string, fill: (out: string) => Promise<void>): Promise<string> {
  const folder = join(ROOT, name);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.fresh`;
  rmSync(fresh, { recursive: true, force: true });
  console.error(`Making ${folder} …`);
  await fill(fresh);
  renameSync(fresh, folder);
  return folder;
}
