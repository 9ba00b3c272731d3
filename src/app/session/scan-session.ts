import { createSignal } from "solid-js";
import type { SetStoreFunction } from "solid-js/store";
import { isoDate, type DayNumber } from "../../core/time.ts";
import { estimateOf, type DryScan } from "../../pool/dry-scan.ts";
import { errorText } from "./errors.ts";
import { paceOfScan, type Pace } from "./pace.ts";
import type { Preferences } from "./preferences.ts";

/** A scan and the day on which it was made. */
export interface DatedScan {
  readonly date: string;
  readonly scan: DryScan;
}

export interface ScanPorts {
  readonly preferences: Preferences;
  readonly setPreferences: SetStoreFunction<Preferences>;
  readonly workers: () => number;
  /** Ten days of the strategy that is open; undefined while there is none. */
  scan(): Promise<DryScan | undefined>;
  /** Months, `2024-08`, of which rows are kept. */
  readonly keptMonths: () => ReadonlySet<string>;
}

/** How fast this machine reads this kind of folder, and what that says of a plan. */
export function createScanSession({ preferences, setPreferences, workers, scan, keptMonths }: ScanPorts) {
  const [scanning, setScanning] = createSignal(false);
  const [failure, setFailure] = createSignal<string>();
  const keptShareOf = (dates: readonly DayNumber[]): number => {
    const months = keptMonths();
    return dates.filter((date) => months.has(isoDate(date).slice(0, 7))).length / dates.length;
  };
  return {
    scanning,
    failure,
    last: (): DatedScan | null => preferences.scan,
    async measure(): Promise<void> {
      if (scanning()) return;
      setScanning(true);
      setFailure(undefined);
      try {
        const found = await scan();
        if (found && found.days > 0) setPreferences("scan", { date: new Date().toISOString().slice(0, 10), scan: found });
      } catch (error) {
        setFailure(errorText(error));
      } finally {
        setScanning(false);
      }
    },
    /** Undefined until the machine was measured. */
    estimate(dates: readonly DayNumber[]) {
      const last = preferences.scan;
      if (!last || dates.length === 0) return undefined;
      const keptShare = keptShareOf(dates);
      return { ...estimateOf(last.scan, dates.length, workers(), keptShare), keptShare };
    },
    /** Of these days; what is kept of them is not read again. Undefined until the machine was measured. */
    pace(dates: readonly DayNumber[]): Pace | undefined {
      const pace = preferences.scan && dates.length > 0 ? paceOfScan(preferences.scan.scan) : undefined;
      return pace && { ...pace, read: pace.read * (1 - keptShareOf(dates)) };
    },
  };
}

export type ScanSession = ReturnType<typeof createScanSession>;
