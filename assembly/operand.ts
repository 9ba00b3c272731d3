// What arithmetic and comparisons read: a series (f64 a second, NaN = missing), or one constant for the whole day.
// Arrays of series hold a whole number of 16 slots, so that no loop needs a tail; slots past the session hold anything.

/** Two seconds of the operand: of the array, or of the constant where there is no array (pointer 0). */
@inline export function operand(pointer: usize, constant: v128, at: usize): v128 {
  return pointer != 0 ? v128.load(pointer + at) : constant;
}

/** Bytes of sixteen seconds. */
export const CONSTANT: usize = 128;

/** Makes `room` sixteen seconds of a constant, where an operand has no array. */
export function constant(room: usize, value: f64): void {
  for (let at: usize = 0; at < CONSTANT; at += 8) store<f64>(room + at, value);
}

/** Where sixteen seconds from byte `at` on are read: of the array, or of the constant. */
@inline export function reach(pointer: usize, room: usize, at: usize): usize {
  return pointer != 0 ? pointer + at : room;
}

/** Writes NaN to seconds [from, to). */
export function fillMissing(out: usize, from: i32, to: i32): void {
  for (let s = from; s < to; s++) store<f64>(out + (<usize>s << 3), NaN);
}

@inline export function missing(value: f64): bool {
  return value != value;
}

/** Two seconds, 0 where they are missing. */
@inline export function orZeros(values: v128): v128 {
  return v128.and(values, f64x2.eq(values, values));
}
