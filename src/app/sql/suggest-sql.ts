/** Which views and columns fit at a place in a query. */
import { VIEWS, type View, type ViewColumn } from "../../data/views/views.ts";

export interface SqlSuggestion {
  readonly label: string;
  readonly kind: "view" | "column";
  /** Type of a column, words of a view. */
  readonly detail: string;
  readonly help?: string;
}

export interface SqlSuggestions {
  /** Where the word that is typed begins. */
  readonly from: number;
  readonly list: readonly SqlSuggestion[];
}

const TYPED = /(?:(\w+)\.)?(\w*)$/;
/** A view that is read, with what stands for it. */
const READ = /\b(?:from|join|,)\s+(\w+)(?:\s+(?:as\s+)?(?!(?:where|join|on|using|left|right|inner|full|cross|asof|natural|semi|anti|group|order|limit|select|union|having|qualify|window)\b)(\w+))?/gi;
/** After these a relation is named. */
const AFTER_FROM = /\b(?:from|join)\s+\w*$/i;

/** Undefined inside a text or a comment, and where nothing fits. */
export function suggestSql(text: string, at: number): SqlSuggestions | undefined {
  const before = text.slice(0, at);
  if (isQuoted(before)) return undefined;
  const [, qualifier, typed] = TYPED.exec(before) ?? [];
  const from = at - (typed?.length ?? 0);
  const read = viewsRead(text);
  if (qualifier !== undefined) {
    const view = read.find(({ alias }) => alias === qualifier.toLowerCase())?.view;
    return view && { from, list: view.columns.map(columnSuggestion) };
  }
  if (AFTER_FROM.test(before)) return { from, list: VIEWS.map(viewSuggestion) };
  const columns = new Map(read.flatMap(({ view }) => view.columns.map((column) => [column.name, column] as const)));
  return { from, list: [...[...columns.values()].map(columnSuggestion), ...VIEWS.map(viewSuggestion)] };
}

function viewsRead(text: string): { readonly alias: string; readonly view: View }[] {
  return [...text.matchAll(READ)].flatMap(([, name, alias]) => {
    const view = VIEWS.find((one) => one.name === name.toLowerCase());
    if (!view) return [];
    return [{ alias: name.toLowerCase(), view }, ...(alias === undefined ? [] : [{ alias: alias.toLowerCase(), view }])];
  });
}

function isQuoted(before: string): boolean {
  const open = before.replace(/--[^\n]*(\n|$)/g, (_, end: string) => (end === "\n" ? "\n" : "'")).match(/'/g);
  return (open?.length ?? 0) % 2 === 1;
}

function viewSuggestion({ name, words }: View): SqlSuggestion {
  return { label: name, kind: "view", detail: words };
}

function columnSuggestion({ name, type, words }: ViewColumn): SqlSuggestion {
  return { label: name, kind: "column", detail: type, help: words };
}
