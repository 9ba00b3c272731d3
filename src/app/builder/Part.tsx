import { Show, type JSX } from "solid-js";
import { useSession } from "../session/session.ts";
import { counted } from "../ui/format.ts";
import { digestOf } from "./digest.ts";
import { partOf } from "./fields.ts";

/** One part of the strategy: closed, it says in words what it does; open, it shows its controls. What was opened stays so. */
export function Part(props: { readonly id: string; readonly title: string; readonly add?: { readonly label: string; act(): void }; readonly children: JSX.Element }) {
  const session = useSession();
  const open = () => session.preferences.parts.includes(props.id);
  const setOpen = (on: boolean) => session.setPreferences("parts", (parts) => (on ? [...parts, props.id] : parts.filter((one) => one !== props.id)));
  const digest = () => {
    const parsed = session.strategy.parsed();
    return parsed.ok ? digestOf(props.id, parsed.strategy) : "";
  };
  const mistakes = () => {
    const parsed = session.strategy.parsed();
    return parsed.ok ? 0 : parsed.problems.filter(({ path }) => path !== "" && partOf(path) === props.id).length;
  };
  return (
    <section class="part">
      <div class="part-head">
        <h2>
          <button type="button" class="part-toggle" aria-expanded={open()} aria-controls={`part-${props.id}`} onClick={() => setOpen(!open())}>
            {props.title}
          </button>
        </h2>
        <Show when={mistakes() > 0}>
          <span class="part-mistakes">{counted(mistakes(), "mistake")}</span>
        </Show>
        <span class="digest" title={digest()}>{open() ? "" : digest()}</span>
        <Show when={!open() && props.add}>
          {(add) => (
            <button
              type="button"
              class="add"
              onClick={() => {
                const { act } = add();
                setOpen(true);
                act();
              }}
            >
              {add().label}
            </button>
          )}
        </Show>
      </div>
      <div id={`part-${props.id}`} class="part-body" hidden={!open()}>
        <Show when={open()}>{props.children}</Show>
      </div>
    </section>
  );
}
