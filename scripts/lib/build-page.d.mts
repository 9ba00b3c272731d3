/** Builds kernels and page into dist/ unless they are up to date. */
export function buildPage(): Promise<void>;
