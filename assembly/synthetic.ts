// Semantics §2 "Spot", synthetic: F = K + mid(CE) − mid(PE) of the chosen expiry, both quotes at most `maxAge` seconds old.

@inline function fresh(grid: usize, array: usize, s: i32, maxAge: i32): bool {
  const slot = <usize>s << 2;
  return load<i32>(grid + slot) > 0 && s - load<i32>(grid + (array << 1) + slot) <= maxAge;
}

/** Adds 1 to counts[s] (i32) in every second in which both contracts of a strike are fresh. */
export function freshPairs(call: usize, put: usize, stride: i32, seconds: i32, maxAge: i32, counts: usize): void {
  const array = <usize>stride << 2;
  for (let s = 0; s < seconds; s++) {
    if (fresh(call, array, s, maxAge) && fresh(put, array, s, maxAge)) {
      const at = counts + (<usize>s << 2);
      store<i32>(at, load<i32>(at) + 1);
    }
  }
}

/** Twice the mid, so that it stays an integer. */
@inline function twiceMid(grid: usize, array: usize, s: i32): i64 {
  const slot = <usize>s << 2;
  return <i64>load<i32>(grid + slot) + <i64>load<i32>(grid + array + slot);
}

/**
 * Writes a spot grid's price and priceSecond arrays for seconds [from, seconds). `table` holds per strike, ascending:
 * strike in paise, address of the call's grid, of the put's (i32 each; 0 while nobody has needed them). `state` holds
 * the row of the strike to use at `from`, F and its second (i32 each) and moves on with the work.
 * Returns `seconds` when done, else the second at which the grids of row state[0] are needed: fill them in, call again.
 */
export function syntheticForward(table: usize, count: i32, from: i32, seconds: i32, stride: i32, maxAge: i32, state: usize, out: usize): i32 {
  const array = <usize>stride << 2;
  const outPrice = out + array * 3;
  const outSecond = outPrice + array;
  let k = load<i32>(state);
  let forward = load<i32>(state + 4);
  let since = load<i32>(state + 8);
  for (let s = from; s < seconds; s++) {
    if (forward != 0) {
      // The strike nearest the previous F, ties to the lower.
      while (k + 1 < count && abs(load<i32>(table + <usize>(k + 1) * 12) - forward) < abs(load<i32>(table + <usize>k * 12) - forward)) k++;
      while (k > 0 && abs(load<i32>(table + <usize>(k - 1) * 12) - forward) <= abs(load<i32>(table + <usize>k * 12) - forward)) k--;
    }
    const entry = table + <usize>k * 12;
    const call = <usize>load<i32>(entry + 4);
    const put = <usize>load<i32>(entry + 8);
    if (call == 0) {
      store<i32>(state, k);
      store<i32>(state + 4, forward);
      store<i32>(state + 8, since);
      return s;
    }
    if (fresh(call, array, s, maxAge) && fresh(put, array, s, maxAge)) {
      // Half up of an exact half paisa: floor((2F + 1) / 2).
      const found = (2 * <i64>load<i32>(entry) + twiceMid(call, array, s) - twiceMid(put, array, s) + 1) >> 1;
      // What no price can be is carried over, as without a quote.
      if (found <= <i64>i32.MAX_VALUE) {
        forward = <i32>found;
        since = s;
      }
    }
    const slot = <usize>s << 2;
    store<i32>(outPrice + slot, forward);
    store<i32>(outSecond + slot, since);
  }
  return seconds;
}
