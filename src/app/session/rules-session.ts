/** The user's own market rules: how the file is read, kept for the next visit, and taken out. */
import { batch, createSignal } from "solid-js";
import type { RulesOverride } from "../../core/market/override.ts";
import { errorText } from "./errors.ts";
import type { KeptRules, RulesMemory } from "./rules-memory.ts";

/** Rows of the user's that are in force. */
export interface OwnRules {
  /** The file's. */
  readonly name: string;
  readonly override: RulesOverride;
}

export interface RulesTrouble {
  /** What happened, with the file's name. */
  readonly title: string;
  /** One line for each thing that is wrong. */
  readonly lines: readonly string[];
}

export function createRulesSession(memory: RulesMemory) {
  const [own, setOwn] = createSignal<OwnRules>();
  /** Of a file that the user has just chosen. */
  const [refused, setRefused] = createSignal<RulesTrouble>();
  /** Of the file of the last visit: runs would silently go by other rules. */
  const [lost, setLost] = createSignal<RulesTrouble>();

  async function read({ name, text }: KeptRules): Promise<OwnRules> {
    // Apart from the first script: most users have no such file.
    const { parseRulesOverride } = await import("../../core/market/override-file.ts");
    return { name, override: parseRulesOverride(text) };
  }

  async function restore(): Promise<void> {
    let name = "your file";
    try {
      const kept = await memory.load();
      if (!kept) return;
      name = `“${kept.name}”`;
      setOwn(await read(kept));
    } catch (error) {
      setLost({ title: `The market rules of ${name} cannot be used any more: runs go by the rules of Straddle alone`, lines: linesOf(error) });
    }
  }

  /** Keeps or forgets; what is in force does not depend on it. */
  async function remember(change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch (error) {
      setRefused({ title: "The browser cannot change what it remembers for the next visit", lines: linesOf(error) });
    }
  }

  return {
    own,
    refused,
    lost,
    /** Resolves when the file of the last visit is in force, or cannot be. */
    ready: restore(),

    async take(file: File): Promise<void> {
      let kept: KeptRules;
      try {
        kept = { name: file.name, text: await file.text() };
        const rules = await read(kept);
        batch(() => {
          setOwn(rules);
          setRefused(undefined);
          setLost(undefined);
        });
      } catch (error) {
        setRefused({ title: `“${file.name}” cannot be used; nothing has changed`, lines: linesOf(error) });
        return;
      }
      await remember(() => memory.save(kept));
    },

    async remove(): Promise<void> {
      batch(() => {
        setOwn(undefined);
        setRefused(undefined);
        setLost(undefined);
      });
      await remember(() => memory.remove());
    },
  };
}

export type RulesSession = ReturnType<typeof createRulesSession>;

function linesOf(error: unknown): string[] {
  return errorText(error).split("\n");
}
