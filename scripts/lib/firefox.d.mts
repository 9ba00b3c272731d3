export function findFirefox(): string | undefined;
export const NO_FIREFOX: string;
