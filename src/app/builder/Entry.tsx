import { Index, Match, Switch } from "solid-js";
import { Fields } from "./Fields.tsx";
import { withoutValue, withValue } from "./document.ts";
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

/** Takes what the other way had with it, as far as it goes; one change for undo. */
function enter(tools: BuilderTools, before: Way, next: Way): void {
  if (before === next) return;
  const from = before === "entries" ? itemsOf(tools.value(["entries"]))[0] : tools.value(["entry"]);
  const { legs, when } = isKeys(from) ? from : {};
  tools.change((text) => {
    let out = before === "start" ? text : withoutValue(text, before === "entries" ? ["entries"] : ["entry", before]);
    if (before === "entries" && legs !== undefined) out = withValue(out, ["entry", "legs"], legs);
    if (next === "at") return withValue(out, ["entry", "at"], "09:20");
    if (next === "when") return withValue(out, ["entry", "when"], when ?? NEW_CONDITION);
    if (next === "start") return out;
    return withValue(withoutValue(out, ["entry", "legs"]), ["entries"], [{ when: when ?? NEW_CONDITION, legs: legs ?? [SELL_CALL] }, { when: NEW_CONDITION, legs: [SELL_CALL] }]);
  }, ["entry"]);
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
