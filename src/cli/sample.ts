import { mkdirSync, openSync, closeSync, writeSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { ByteWriter } from "hyparquet-writer";
import type { Writer } from "hyparquet-writer";
import { defaultRules } from "../core/market/rules.ts";
import { dayNumber } from "../core/time.ts";
import { makeSample, type Sample, type SampleOptions } from "../core/sample/sample.ts";
import { type ParquetOptions, writeParquet } from "../core/sample/parquet-bytes.ts";
import type { QuirkCounts } from "../core/sample/quirk-counts.ts";

/** A Monday on which a weekly and the monthly expiry of BANKNIFTY are alive. */
export const DEFAULT_SAMPLE_START = dayNumber("2024-08-19");

export interface WriteSampleOptions extends Omit<SampleOptions, "from" | "rules"> {
  /** The folder to fill; made if absent. */
  readonly out: string;
  /** Default `DEFAULT_SAMPLE_START`. */
  readonly from?: SampleOptions["from"];
  /** Default: the rules that ship with the product. */
  readonly rules?: SampleOptions["rules"];
  readonly parquet?: ParquetOptions;
  readonly progress?: (filesDone: number, filesTotal: number) => void;
}

export interface SampleSummary {
  readonly files: readonly { readonly path: string; readonly size: number; readonly rows: number }[];
  readonly rows: number;
  readonly bytes: number;
  readonly days: number;
  readonly expiries: number;
  readonly quirks: QuirkCounts;
}

/** Writes a made-up raw-layout folder, one file after the other. The same options give the same bytes. */
export async function writeSample(options: WriteSampleOptions): Promise<SampleSummary> {
  const { out, parquet, progress, from = DEFAULT_SAMPLE_START, rules = defaultRules, ...rest } = options;
  const sample: Sample = makeSample({ ...rest, rules, from });
  const files: { path: string; size: number; rows: number }[] = [];
  for (const file of sample.files) {
    const target = join(out, file.path);
    mkdirSync(dirname(target), { recursive: true });
    const { rows } = writeTo(target, (writer) => writeParquet(file.tables(), writer, parquet));
    files.push({ path: file.path, size: statSync(target).size, rows });
    progress?.(files.length, sample.files.length);
    // Lets the caller's timers and signals run between files.
    await new Promise((resume) => setImmediate(resume));
  }
  return {
    files,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    days: sample.days.length,
    expiries: new Set(sample.files.flatMap((file) => (file.contract ? [file.contract.expiry] : []))).size,
    quirks: sample.quirks,
  };
}

function writeTo<T>(path: string, write: (writer: Writer) => T): T {
  const descriptor = openSync(path, "w");
  try {
    return write(new FileBytes(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/** Passes its bytes on to the file after each row group, so memory holds one at a time. */
class FileBytes extends ByteWriter {
  constructor(private readonly descriptor: number) {
    super();
  }

  flush(): void {
    for (let written = 0; written < this.index; ) written += writeSync(this.descriptor, new Uint8Array(this.buffer, written, this.index - written));
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}
