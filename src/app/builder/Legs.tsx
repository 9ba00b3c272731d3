import { For, Index } from "solid-js";
import type { Path } from "../../core/strategy/text.ts";
import { Fields } from "./Fields.tsx";
import { FieldView } from "./FieldView.tsx";
import { itemsOf, LEG, LEG_RULES } from "./fields.ts";
import { isKeys } from "./forms.ts";
import { ItemTools } from "./inputs.tsx";
import { Problems } from "./remarks.tsx";
import { useBuilder, type BuilderTools } from "./tools.ts";

const MOST_LEGS = 10;

/** The second leg is the other half of a straddle. */
export function addLeg(tools: BuilderTools, path: Path): void {
  const legs = itemsOf(tools.value(path));
  tools.insert(path, legs.length, { cp: legs.some((leg) => isKeys(leg) && leg.cp === "CE") ? "PE" : "CE", lots: -1, strike: { atm: 0 } });
}

/** The legs that are traded together. */
export function Legs(props: { readonly path: Path }) {
  const tools = useBuilder();
  const legs = () => itemsOf(tools.value(props.path));
  return (
    <div class="legs">
      <div class="items">
        <Index each={legs()}>{(_, i) => <LegCard list={props.path} index={i} count={legs().length} />}</Index>
      </div>
      <Problems of={tools.problemsAt(props.path)} />
      <button type="button" class="add" disabled={legs().length >= MOST_LEGS} onClick={() => addLeg(tools, props.path)}>
        Add leg
      </button>
    </div>
  );
}

function LegCard(props: { readonly list: Path; readonly index: number; readonly count: number }) {
  const tools = useBuilder();
  const path = () => [...props.list, props.index];
  const name = () => `Leg ${props.index + 1}`;
  return (
    <div class="item" role="group" aria-label={name()} data-item="">
      <div class="item-head">
        <strong>{name()}</strong>
        <span class="grow" />
        <ItemTools path={props.list} index={props.index} count={props.count} name={name().toLowerCase()} copy />
      </div>
      <div class="fields legs-row">
        <For each={LEG}>{(field) => <FieldView base={path()} field={field} />}</For>
      </div>
      <Fields base={path()} fields={LEG_RULES} name={name().toLowerCase()} />
      <Problems of={tools.problemsAt(path())} />
    </div>
  );
}
