/** The compiled kernels over one linear memory. Pointers are byte offsets into it. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
}
