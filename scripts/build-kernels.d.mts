/** Compiles the kernels unless they are newer than their sources; answers the path of the module. */
export function buildKernels(): Promise<string>;
