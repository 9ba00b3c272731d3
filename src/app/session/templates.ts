/** The ready-made strategies of the folder `strategies/`. */
export interface Template {
  /** File name without its ending. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** The name that a strategy's text gives it. */
export function nameIn(text: string): string | undefined {
  return /^name:\s*(.+?)\s*$/m.exec(text)?.[1].replace(/^(["'])(.*)\1$/, "$2");
}

const texts = import.meta.glob<string>("../../../strategies/*.yaml", { query: "?raw", import: "default", eager: true });

export const TEMPLATES: readonly Template[] = templatesOf(texts);

/** @param files texts by path */
export function templatesOf(files: Readonly<Record<string, string>>): readonly Template[] {
  return Object.entries(files).map(([path, text]) => {
    const id = path.slice(path.lastIndexOf("/") + 1, -".yaml".length);
    return { id, name: nameIn(text) ?? id, text };
  });
}
