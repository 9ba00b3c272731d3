// Checksums of tables (src/core/reshape/checksum.ts): a hash of every value, added up by column and by row.

const SEED: i32 = 0x165667b1;
const NULL_HASH: i32 = 0x3c6ef372;
const FIRST_FACTOR: i32 = 0x85ebca6b;
const SECOND_FACTOR: i32 = 0xc2b2ae35;

@inline function mix(value: i32): i32 {
  let hash = (value ^ (value >>> 16)) * FIRST_FACTOR;
  hash = (hash ^ (hash >>> 13)) * SECOND_FACTOR;
  return hash ^ (hash >>> 16);
}

@inline function mixFour(value: v128): v128 {
  let hash = i32x4.mul(v128.xor(value, i32x4.shr_u(value, 16)), i32x4.splat(FIRST_FACTOR));
  hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 13)), i32x4.splat(SECOND_FACTOR));
  return v128.xor(hash, i32x4.shr_u(hash, 16));
}

/**
 * `out[i]` = hash of value `rows[i]` (i where the pointer is 0), of `words` 32-bit words each. `valid` is a bitmap by value, least
 * significant bit first: a null has a hash of its own. 0 for none.
 */
export function hashValues(values: usize, words: i32, rows: usize, count: i32, valid: usize, out: usize): void {
  let i = 0;
  if (rows == 0 && words <= 2) {
    const seed = i32x4.splat(SEED);
    for (; i + 4 <= count; i += 4) {
      const at = values + (<usize>(i * words) << 2);
      let hash: v128;
      if (words == 1) hash = mixFour(v128.xor(seed, v128.load(at)));
      else {
        const first = v128.load(at);
        const second = v128.load(at, 16);
        const low = v128.shuffle<i32>(first, second, 0, 2, 4, 6);
        const high = v128.shuffle<i32>(first, second, 1, 3, 5, 7);
        hash = mixFour(v128.xor(mixFour(v128.xor(seed, low)), high));
      }
      v128.store(out + (<usize>i << 2), hash);
    }
  }
  for (; i < count; i++) {
    const row = rows == 0 ? i : load<i32>(rows + (<usize>i << 2));
    let hash = SEED;
    for (let word = 0; word < words; word++) hash = mix(hash ^ load<i32>(values + (<usize>(row * words + word) << 2)));
    store<i32>(out + (<usize>i << 2), hash);
  }
  if (valid == 0) return;
  for (i = 0; i < count; i++) {
    const row = rows == 0 ? i : load<i32>(rows + (<usize>i << 2));
    if ((load<u8>(valid + <usize>(row >> 3)) & (1 << (row & 7))) == 0) store<i32>(out + (<usize>i << 2), NULL_HASH);
  }
}

/** Adds the hashes of a column to its two sums, and to those of the rows; `odd` tells the column from the others. */
export function addHashes(hashes: usize, count: i32, odd: i32, sums: usize, whole: usize): void {
  const factor = i32x4.splat(odd);
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = <usize>i << 2;
    const hash = v128.load(hashes + at);
    low = i32x4.add(low, hash);
    high = i32x4.add(high, i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 16)), factor));
    v128.store(whole + at, i32x4.add(v128.load(whole + at), i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 15)), factor)));
  }
  let lowSum = load<i32>(sums) + across(low);
  let highSum = load<i32>(sums, 4) + across(high);
  for (; i < count; i++) {
    const at = <usize>i << 2;
    const hash = load<i32>(hashes + at);
    lowSum += hash;
    highSum += (hash ^ (hash >>> 16)) * odd;
    // Added up, not chained: columns may come in another order.
    store<i32>(whole + at, load<i32>(whole + at) + (hash ^ (hash >>> 15)) * odd);
  }
  store<i32>(sums, lowSum);
  store<i32>(sums, highSum, 4);
}

/** Adds the sums of rows to the two sums over all rows. */
export function addRows(whole: usize, count: i32, sums: usize): void {
  let low = load<i32>(sums);
  let high = load<i32>(sums, 4);
  for (let i = 0; i < count; i++) {
    const row = load<i32>(whole + (<usize>i << 2));
    low += mix(row);
    high += mix(row ^ 0x5bd1e995);
  }
  store<i32>(sums, low);
  store<i32>(sums, high, 4);
}

@inline function across(four: v128): i32 {
  return i32x4.extract_lane(four, 0) + i32x4.extract_lane(four, 1) + i32x4.extract_lane(four, 2) + i32x4.extract_lane(four, 3);
}
