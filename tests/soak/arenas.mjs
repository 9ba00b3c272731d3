// Knows the memories of all kernels that are instantiated after it in its thread, under Node and, put before a worker's code, in the browser.
const arenas = [];
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, args, newTarget) {
    const made = Reflect.construct(target, args, newTarget);
    const { memory, alloc, mark, release } = made.exports;
    if (memory && alloc && mark && release) arenas.push(memory);
    return made;
  },
});

export function arenaBytes() {
  return arenas.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
