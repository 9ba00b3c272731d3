/** Builds kernels and page into dist/ unless they are up to date; answers that folder. */
export function buildPage(): Promise<string>;
/** Builds the page's views over made-up answers of the workers unless they are up to date; answers their folder. */
export function buildFixture(): Promise<string>;
