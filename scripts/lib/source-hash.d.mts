export function sourceHash(paths: readonly string[]): string;
export function engineBuild(): string;
