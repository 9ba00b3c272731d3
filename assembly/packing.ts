// Columns of slices as they are kept in the cache: differences between neighbours, zigzag, in blocks of 32 values of one width.

const BLOCK: i32 = 32;

/** Whether every i32 of a column is a multiple of `divisor`. */
export function allMultiples(source: usize, rows: i32, divisor: i32): bool {
  for (let i = 0; i < rows; i++) if (load<i32>(source + (<usize>i << 2)) % divisor != 0) return false;
  return true;
}

/**
 * Packs (source − base) ÷ divisor, i32 each; `base` 0 for none. A byte of width for each block of 32, then per block as many
 * 32-bit words as the width says. Differences wrap, so that every i32 comes back. Returns the bytes written, at most
 * `rows` / 32 × 129 + 129.
 */
export function packColumn(source: usize, base: usize, divisor: i32, rows: i32, out: usize): i32 {
  const blocks = (rows + BLOCK - 1) / BLOCK;
  let words = out + blocks;
  let before = 0;
  for (let block = 0; block < blocks; block++) {
    const from = block * BLOCK;
    const count = min(BLOCK, rows - from);
    let seen: u32 = 0;
    let last = before;
    for (let i = from; i < from + count; i++) {
      const value = valueAt(source, base, divisor, i);
      seen |= zigzag(value - last);
      last = value;
    }
    const width = 32 - <i32>clz(seen);
    store<u8>(out + block, <u8>width);
    let gathered: u64 = 0;
    let bits = 0;
    for (let i = from; i < from + BLOCK; i++) {
      if (i < from + count) {
        const value = valueAt(source, base, divisor, i);
        gathered |= <u64>zigzag(value - before) << <u64>bits;
        before = value;
      }
      bits += width;
      if (bits >= 32) {
        store<u32>(words, <u32>gathered);
        words += 4;
        gathered >>= 32;
        bits -= 32;
      }
    }
  }
  return <i32>(words - out);
}

/** The way back: `out` receives value × divisor + base. Returns the bytes read, −1 where `bytes` end too early or a width is impossible. */
export function unpackColumn(packed: usize, bytes: i32, base: usize, divisor: i32, rows: i32, out: usize): i32 {
  const blocks = (rows + BLOCK - 1) / BLOCK;
  if (blocks > bytes) return -1;
  let needed = blocks;
  for (let block = 0; block < blocks; block++) {
    const width = <i32>load<u8>(packed + block);
    if (width > 32) return -1;
    needed += width << 2;
  }
  if (needed > bytes) return -1;
  let words = packed + blocks;
  let value = 0;
  for (let block = 0; block < blocks; block++) {
    const width = <i32>load<u8>(packed + block);
    const mask: u64 = ((<u64>1) << <u64>width) - 1;
    const from = block * BLOCK;
    const end = min(from + BLOCK, rows);
    let at: usize = 0;
    for (let i = from; i < end; i++) {
      // A width of 0 has no words: what is loaded then lies in the next block or behind, and is masked away.
      const found = <u32>((load<u64>(words + ((at >> 5) << 2)) >> <u64>(at & 31)) & mask);
      value += <i32>(found >> 1) ^ -(<i32>(found & 1));
      const offset = <usize>i << 2;
      store<i32>(out + offset, value * divisor + (base == 0 ? 0 : load<i32>(base + offset)));
      at += width;
    }
    words += <usize>width << 2;
  }
  return needed;
}

@inline function valueAt(source: usize, base: usize, divisor: i32, i: i32): i32 {
  const offset = <usize>i << 2;
  return (load<i32>(source + offset) - (base == 0 ? 0 : load<i32>(base + offset))) / divisor;
}

@inline function zigzag(value: i32): u32 {
  return (value << 1) ^ (value >> 31);
}

/** Stands for NaN among packed numbers. */
const NONE: i32 = i32.MIN_VALUE;
const NAN_BITS: u64 = 0x7ff8000000000000;

/** Numbers (f64) × scale as i32, NaN as the smallest. False where one of them would not come back bit by bit. */
export function wholeNumbers(source: usize, rows: i32, scale: f64, out: usize): bool {
  for (let i = 0; i < rows; i++) {
    const value = load<f64>(source + (<usize>i << 3));
    const bits = reinterpret<u64>(value);
    const to = out + (<usize>i << 2);
    if (bits == NAN_BITS) {
      store<i32>(to, NONE);
      continue;
    }
    const scaled = nearest(value * scale);
    if (!(scaled > -2147483648 && scaled < 2147483648) || reinterpret<u64>(<f64>(<i32>scaled) / scale) != bits) return false;
    store<i32>(to, <i32>scaled);
  }
  return true;
}

export function fromWholeNumbers(source: usize, rows: i32, scale: f64, out: usize): void {
  for (let i = 0; i < rows; i++) {
    const value = load<i32>(source + (<usize>i << 2));
    store<f64>(out + (<usize>i << 3), value == NONE ? NaN : <f64>value / scale);
  }
}

const PRIME1: u32 = 0x9e3779b1;
const PRIME2: u32 = 0x85ebca77;
const PRIME3: u32 = 0xc2b2ae3d;
const PRIME4: u32 = 0x27d4eb2f;
const PRIME5: u32 = 0x165667b1;

/** XXH32 with seed 0, as the specification of the xxHash algorithms (version 0.2.0) has it. */
export function checksum(bytes: usize, length: i32): u32 {
  const end = bytes + <usize>length;
  let at = bytes;
  let sum: u32 = PRIME5;
  if (length >= 16) {
    let a: u32 = PRIME1 + PRIME2;
    let b: u32 = PRIME2;
    let c: u32 = 0;
    let d: u32 = 0 - PRIME1;
    for (const last = end - 16; at <= last; at += 16) {
      a = round(a, load<u32>(at));
      b = round(b, load<u32>(at, 4));
      c = round(c, load<u32>(at, 8));
      d = round(d, load<u32>(at, 12));
    }
    sum = rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18);
  }
  sum += <u32>length;
  for (; at + 4 <= end; at += 4) sum = rotl(sum + load<u32>(at) * PRIME3, 17) * PRIME4;
  for (; at < end; at++) sum = rotl(sum + <u32>load<u8>(at) * PRIME5, 11) * PRIME1;
  sum = (sum ^ (sum >> 15)) * PRIME2;
  sum = (sum ^ (sum >> 13)) * PRIME3;
  return sum ^ (sum >> 16);
}

@inline function round(sum: u32, word: u32): u32 {
  return rotl(sum + word * PRIME2, 13) * PRIME1;
}
