export function serve(options: { readonly port: number; readonly base?: string; readonly folder?: string }): Promise<{ readonly address: string; close(): void }>;
