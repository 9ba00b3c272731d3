import { For, Index } from "solid-js";
import { FieldView } from "./FieldView.tsx";
import { ADJUST, itemsOf } from "./fields.ts";
import { ItemTools } from "./inputs.tsx";
import { Problems } from "./remarks.tsx";
import { useBuilder } from "./tools.ts";

const LIST = ["adjust"];
const MOST_RULES = 20;
const START = { when: { gt: [{ metric: "DELTA", args: { of: "leg:1" } }, 0.5] }, leg: 1 };

/** Rules that roll a leg to another contract. */
export function Adjust() {
  const tools = useBuilder();
  const rules = () => itemsOf(tools.value(LIST));
  return (
    <div class="field wide">
      <div class="items">
        <Index each={rules()}>
          {(_, i) => (
            <div class="item" role="group" aria-label={`Adjustment ${i + 1}`} data-item="">
              <div class="item-head">
                <strong>Adjustment {i + 1}</strong>
                <span class="grow" />
                <ItemTools path={LIST} index={i} count={rules().length} name={`adjustment ${i + 1}`} copy />
              </div>
              <div class="fields">
                <For each={ADJUST}>{(field) => <FieldView base={[...LIST, i]} field={field} />}</For>
              </div>
            </div>
          )}
        </Index>
      </div>
      <Problems of={tools.problemsAt(LIST)} />
      <button type="button" class="add" disabled={rules().length >= MOST_RULES} onClick={() => tools.insert(LIST, rules().length, START)}>
        Add adjustment
      </button>
    </div>
  );
}
