// The P&L path of a position's legs (pnl.ts), made only as far as it is looked at: its blocks are summarised in their
// order, and the seconds of a block are written when something may happen in it. Whoever shares a path shares what is made.
import { BLOCK, BLOCK_BITS, LEG, allUnits, blockEnd, pathExtremes, spent, summariseBlock, writeBlock } from "./pnl";

// A path: these numbers, room for the legs, four numbers a block, a byte a block, the seconds (f64).
const COUNT: usize = 0;
const STRIDE: usize = 4;
const FIRST: usize = 8;
const SECONDS: usize = 12;
/** See `known`. */
const KNOWN: usize = 16;
/** What was paid for the legs, with its sign turned. */
const BASE: usize = 24;
const UNITS: usize = 32;
const LEGS: usize = 48;
/** Behind 32 legs. */
const BLOCKS: usize = LEGS + 32 * LEG;
/** Lowest and highest P&L of the block, and of all seconds from the first to its end. */
const SUMMARY_BITS: usize = 5;
const SO_FAR: usize = 16;

/** Bytes of a path over a session. */
export function pathBytes(seconds: i32): i32 {
  const blocks = (seconds >> BLOCK_BITS) + 1;
  return <i32>(BLOCKS + (<usize>blocks << SUMMARY_BITS) + ((<usize>blocks + 15) & ~15) + (<usize>seconds << 3));
}

/** Begins the path of at most 32 legs (see pnl.ts; they are copied) in second `first` of a session. */
export function openPath(path: usize, legs: usize, count: i32, stride: i32, first: i32, seconds: i32): void {
  store<i32>(path, count, COUNT);
  store<i32>(path, stride, STRIDE);
  store<i32>(path, first, FIRST);
  store<i32>(path, seconds, SECONDS);
  store<i32>(path, first, KNOWN);
  store<f64>(path, -spent(legs, count), BASE);
  store<f64>(path, allUnits(legs, count), UNITS);
  memory.copy(path + LEGS, legs, <usize>count * LEG);
  memory.fill(written(path), 0, <usize>((seconds >> BLOCK_BITS) + 1));
}

/** Address of a byte per block: 1 where its seconds are written. */
@inline function written(path: usize): usize {
  return path + BLOCKS + (<usize>((load<i32>(path, SECONDS) >> BLOCK_BITS) + 1) << SUMMARY_BITS);
}

/** Address of the P&L by second (f64), of which only those of written blocks are there. */
@inline export function secondsOf(path: usize): usize {
  return written(path) + ((<usize>(load<i32>(path, SECONDS) >> BLOCK_BITS) + 16) & ~15);
}

/** Address of the summary of the block that holds second `s`: lowest and highest (f64 each), once it is known. */
@inline export function summaryOf(path: usize, s: i32): usize {
  return path + BLOCKS + (<usize>(s >> BLOCK_BITS) << SUMMARY_BITS);
}

/** Address of the lowest and highest (f64 each) from the first second to the end of the block that holds second `s`, once it is known. */
@inline export function soFarOf(path: usize, s: i32): usize {
  return summaryOf(path, s) + SO_FAR;
}

/** Blocks are summarised up to this second. */
@inline export function known(path: usize): i32 {
  return load<i32>(path, KNOWN);
}

/** Summarises whole blocks up to second `to` at least. */
@inline export function know(path: usize, to: i32): void {
  if (known(path) < to) summarise(path, to);
}

function summarise(path: usize, to: i32): void {
  const first = load<i32>(path, FIRST);
  const seconds = load<i32>(path, SECONDS);
  for (let s = known(path); s < to; ) {
    const end = blockEnd(s, seconds);
    const summary = summaryOf(path, s);
    if (!summariseBlock(path + LEGS, load<i32>(path, COUNT), load<i32>(path, STRIDE), load<f64>(path, BASE), load<f64>(path, UNITS), s, end, summary)) {
      write(path, s, end);
      pathExtremes(secondsOf(path), s, end, summary);
    }
    const before = s == first ? summary : summary - (1 << SUMMARY_BITS) + SO_FAR;
    store<f64>(summary, min(load<f64>(summary), load<f64>(before)), SO_FAR);
    store<f64>(summary, max(load<f64>(summary, 8), load<f64>(before, 8)), SO_FAR + 8);
    s = end;
    store<i32>(path, end, KNOWN);
  }
}

/** Writes the seconds of the block that holds second `s`. */
@inline export function writeSeconds(path: usize, s: i32): void {
  if (load<u8>(written(path) + <usize>(s >> BLOCK_BITS)) == 0) write(path, max(s & -BLOCK, load<i32>(path, FIRST)), blockEnd(s, load<i32>(path, SECONDS)));
}

function write(path: usize, from: i32, to: i32): void {
  writeBlock(path + LEGS, load<i32>(path, COUNT), load<i32>(path, STRIDE), load<f64>(path, BASE), load<f64>(path, UNITS), from, to, secondsOf(path));
  store<u8>(written(path) + <usize>(from >> BLOCK_BITS), 1);
}

/** P&L in second `s`, not before the first. */
export function pathAt(path: usize, s: i32): f64 {
  writeSeconds(path, s);
  return load<f64>(secondsOf(path) + (<usize>s << 3));
}

/** Writes the seconds [from, to); answers the address of second 0. */
export function writtenPath(path: usize, from: i32, to: i32): usize {
  for (let s = from; s < to; s = blockEnd(s, to)) writeSeconds(path, s);
  return secondsOf(path);
}

/** The lowest and highest P&L from the first second to before `to`, into `out` (f64 each). */
export function extremesSoFar(path: usize, to: i32, out: usize): void {
  const first = load<i32>(path, FIRST);
  const begin = max((to - 1) & -BLOCK, first);
  const whole = blockEnd(to - 1, load<i32>(path, SECONDS)) == to;
  const before = whole ? to : begin;
  let least = Infinity;
  let most = -Infinity;
  if (before > first) {
    know(path, before);
    const soFar = soFarOf(path, before - 1);
    least = load<f64>(soFar);
    most = load<f64>(soFar, 8);
  }
  if (!whole) {
    writeSeconds(path, begin);
    pathExtremes(secondsOf(path), begin, to, out);
    least = min(least, load<f64>(out));
    most = max(most, load<f64>(out, 8));
  }
  store<f64>(out, least);
  store<f64>(out, most, 8);
}

/** The same before each of `count` seconds (i32 each), all after the first: lowest and highest one behind another. */
export function extremesBefore(path: usize, seconds: usize, count: i32, out: usize): void {
  let last = 0;
  for (const end = seconds + (<usize>count << 2); seconds < end; seconds += 4) {
    const to = load<i32>(seconds);
    // A later second of the same block goes on from there.
    if (to > last && last > 0 && to - 1 >> BLOCK_BITS == last - 1 >> BLOCK_BITS) {
      pathExtremes(secondsOf(path), last, to, out);
      store<f64>(out, min(load<f64>(out), load<f64>(out - 16)));
      store<f64>(out, max(load<f64>(out, 8), load<f64>(out - 16, 8)), 8);
    } else extremesSoFar(path, to, out);
    last = to;
    out += 16;
  }
}
