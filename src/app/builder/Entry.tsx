import { Index, Match, Switch } from "solid-js";
import { Fields } from "./Fields.tsx";
import { FieldView } from "./FieldView.tsx";
import { ENTRY, itemsOf, WHEN, type Field } from "./fields.ts";
import { isKeys, isNone } from "./forms.ts";
import { ItemTools, Pick } from "./inputs.tsx";
import { Legs } from "./Legs.tsx";
import { Problems } from "./remarks.tsx";
import { NEW_CONDITION } from "./rule.ts";
import { useBuilder, type BuilderTools } from "./tools.ts";

const AT = ENTRY.fields[0];
const RULES = ENTRY.fields.filter((field) => field !== AT && field !== WHEN);

type Way = "start" | "at" | "when" | "entries";
const WAYS: readonly { readonly id: Way; readonly label: string }[] = [
  { id: "start", label: "at the start of each window" },
  { id: "at", label: "at a time" },
  { id: "when", label: "when a condition is true" },
  { id: "entries", label: "on the first of several conditions" },
];

const SELL_CALL = { cp: "CE", lots: -1, strike: { atm: 0 } };

function wayOf(tools: BuilderTools): Way {
  if (!isNone(tools.value(["entries"]))) return "entries";
  if (!isNone(tools.value(["entry", "when"]))) return "when";
  return isNone(tools.value(["entry", "at"])) ? "start" : "at";
}

/** When a position is opened: at times, on a condition, or on the first of several that has legs of its own. */
export function Entry() {
  const tools = useBuilder();
  const way = () => wayOf(tools);
  const field = (one: Field) => <FieldView base={["entry"]} field={one} />;
  return (
    <>
      <div class="fields">
        <label class="field wide">
          <span class="field-label">Enters</span>
          <Pick path={["entry"]} label="Enters" value={way()} choices={WAYS} onPick={(next) => enter(tools, way(), next as Way)} />
        </label>
        <Switch>
          <Match when={way() === "at"}>{field(AT)}</Match>
          <Match when={way() === "when" || way() === "start"}>{field(WHEN)}</Match>
          <Match when={way() === "entries"}>
            <Blocks />
          </Match>
        </Switch>
      </div>
      <Fields base={["entry"]} fields={RULES} name="entry" />
    </>
  );
}

/** Of the entry; where it has no condition yet, the entry is by condition from now on. */
export function addCondition(tools: BuilderTools): void {
  const path = ["entry", "when"];
  const way = wayOf(tools);
  if (way !== "when") return enter(tools, way, "when");
  const when = tools.value(path);
  tools.set(path, isKeys(when) && Array.isArray(when.all) ? { all: [...when.all, NEW_CONDITION] } : { all: [when, NEW_CONDITION] });
}

/** Takes what the other way had with it, as far as it goes. */
function enter(tools: BuilderTools, before: Way, next: Way): void {
  if (before === next) return;
  const entry = tools.value(["entry"]);
  const [first] = itemsOf(tools.value(["entries"]));
  const legs = before === "entries" ? (isKeys(first) ? first.legs : undefined) : isKeys(entry) ? entry.legs : undefined;
  const when = before === "entries" ? (isKeys(first) ? first.when : undefined) : isKeys(entry) ? entry.when : undefined;
  if (before === "entries") {
    tools.remove(["entries"]);
    if (legs !== undefined) tools.set(["entry", "legs"], legs);
  } else if (before !== "start") tools.remove(["entry", before]);
  if (next === "at") tools.set(["entry", "at"], "09:20");
  if (next === "when") tools.set(["entry", "when"], when ?? NEW_CONDITION);
  if (next === "entries") {
    tools.remove(["entry", "legs"]);
    tools.set(["entries"], [{ when: when ?? NEW_CONDITION, legs: legs ?? [SELL_CALL] }, { when: NEW_CONDITION, legs: [SELL_CALL] }]);
  }
}

const MOST_BLOCKS = 10;

function Blocks() {
  const tools = useBuilder();
  const list = ["entries"];
  const blocks = () => itemsOf(tools.value(list));
  return (
    <div class="field wide">
      <div class="items">
        <Index each={blocks()}>
          {(_, i) => (
            <div class="item" role="group" aria-label={`Entry ${i + 1}`} data-item="">
              <div class="item-head">
                <strong>Entry {i + 1}</strong>
                <span class="grow" />
                <ItemTools path={list} index={i} count={blocks().length} name={`entry ${i + 1}`} copy />
              </div>
              <FieldView base={[...list, i]} field={WHEN} />
              <Legs path={[...list, i, "legs"]} />
            </div>
          )}
        </Index>
      </div>
      <Problems of={tools.problemsAt(list)} />
      <button type="button" class="add" disabled={blocks().length >= MOST_BLOCKS} onClick={() => tools.insert(list, blocks().length, { when: NEW_CONDITION, legs: [SELL_CALL] })}>
        Add entry
      </button>
    </div>
  );
}
