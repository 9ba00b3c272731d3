/** What every control of the builder works with: the strategy's data, how to change its text, and what is wrong where. */
import { createContext, createMemo, createSignal, useContext } from "solid-js";
import { factsAt, type ValueFacts } from "../../core/strategy/schema-facts.ts";
import { valueAt } from "../../core/strategy/schema-keys.ts";
import { pathText, type Path } from "../../core/strategy/text.ts";
import type { StrategySession } from "../session/strategy-session.ts";
import { withAxis } from "./axes.ts";
import { createItemDrag } from "./drag.ts";
import { readDocument, withCopy, withItem, withMove, withoutValue, withValue } from "./document.ts";
import type { Keys, Scalar } from "./forms.ts";

const PLAIN_FACTS = new Map<string, ValueFacts>();

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}

export function createBuilder(strategy: StrategySession) {
  const read = createMemo(() => readDocument(strategy.text()));
  /** Of the last text that could be read: what is drawn does not vanish while a text is being written. */
  const data = createMemo<Keys>((before) => {
    const now = read();
    return "data" in now ? now.data : before;
  }, {});
  const conditionFacts = createMemo(() => {
    data();
    return new Map<string, ValueFacts>();
  });
  const [help, setHelp] = createSignal<string>();
  const problems = createMemo(() => {
    const parsed = strategy.parsed();
    return parsed.ok ? [] : parsed.problems;
  });
  /** One change for undo, joined with those of the same path that come without a pause. */
  const change = (next: (text: string) => string, path: Path) => strategy.edit(next(strategy.text()), pathText(path));

  const move = (path: Path, from: number, to: number) => change((text) => withMove(text, path, from, to), [...path, from, to]);

  return {
    data,
    /** Why the text cannot be read. */
    unreadable: () => {
      const now = read();
      return "problem" in now ? now.problem : undefined;
    },
    value: (path: Path): unknown => valueAt(data(), path),
    facts(path: Path): ValueFacts {
      // Outside conditions what may stand somewhere does not depend on what stands there.
      const inCondition = path.some((key) => key === "when" || key === "filter");
      return remembered(inCondition ? conditionFacts() : PLAIN_FACTS, pathText(path), () => factsAt(path, inCondition ? data() : {}));
    },
    /** What is wrong with exactly this value. */
    problemsAt: (path: Path) => problems().filter((problem) => problem.path === pathText(path)).map(({ message }) => message),
    /** What is wrong with this value or inside it. */
    problemsIn: (path: Path) => problems().filter((problem) => isIn(problem.path, pathText(path))).map(({ message }) => message),
    set: (path: Path, value: unknown) => change((text) => withValue(text, path, value), path),
    remove: (path: Path) => change((text) => withoutValue(text, path), path),
    insert: (path: Path, index: number, value: unknown) => change((text) => withItem(text, path, index, value), path),
    copy: (path: Path, index: number) => change((text) => withCopy(text, path, index), [...path, index]),
    move,
    drag: createItemDrag(move),
    makeAxis: (path: Path, value: Scalar) => change((text) => withAxis(text, path, value, data()), ["sweep"]),
    change,
    undo: strategy.undo,
    redo: strategy.redo,
    /** The line of help at the foot of the builder. */
    help,
    setHelp,
  };
}

export type BuilderTools = ReturnType<typeof createBuilder>;

export const BuilderContext = createContext<BuilderTools>();

export function useBuilder(): BuilderTools {
  const tools = useContext(BuilderContext);
  if (!tools) throw new Error("a control was drawn outside the builder");
  return tools;
}

function isIn(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}
