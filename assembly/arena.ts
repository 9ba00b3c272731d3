// One bump arena over the whole memory: callers take a mark, allocate, and release back to the mark.

@lazy let top: usize = (__heap_base + 15) & ~15;

/** Bytes aligned to 16; the memory grows when it must, and where it may not, this traps. Contents are whatever was there. */
export function alloc(bytes: usize): usize {
  const pointer = top;
  const end = (top + bytes + 15) & ~15;
  const pages = (end + 0xffff) >>> 16;
  const have = <usize>memory.size();
  // Growing by a quarter at least keeps the number of detached views small.
  if (pages > have) {
    const more = max(pages - have, have >>> 2);
    if (memory.grow(<i32>more) < 0 && memory.grow(<i32>(pages - have)) < 0) unreachable();
  }
  top = end;
  return pointer;
}

export function mark(): usize {
  return top;
}

export function release(to: usize): void {
  top = to;
}
