import { For, Show } from "solid-js";
import { rulesWith } from "../../core/market/rules.ts";
import { useSession } from "../session/session.ts";
import { RulesTroubleNotice } from "../shell/RulesTrouble.tsx";
import { counted } from "../ui/format.ts";

/** Which market rules are in force, what of them is not certain, and the user's own rows over them. */
export function MarketRules() {
  const { rules } = useSession();
  const inForce = () => rulesWith(rules.own()?.override);
  let input: HTMLInputElement | undefined;
  return (
    <section aria-label="Market rules">
      <div class="section-head">
        <h2>Market rules</h2>
        <span class="muted">
          Version <output aria-label="Version of the market rules">{inForce().version}</output>
          <Show when={rules.own()}>{(own) => <>, with the rows of “{own().name}”</>}</Show>
        </span>
        <div class="actions">
          <Show when={rules.own() ?? rules.lost()}>
            <button type="button" onClick={() => void rules.remove()}>
              Remove own rules
            </button>
          </Show>
          <button type="button" title="A YAML or JSON file of your own rows: lots, steps, costs, holidays, sessions" onClick={() => input?.click()}>
            Load own rules
          </button>
          <input
            ref={input}
            class="hidden"
            type="file"
            accept=".yaml,.yml,.json"
            aria-label="File of own market rules"
            tabindex="-1"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = "";
              if (file) void rules.take(file);
            }}
          />
        </div>
      </div>
      <RulesTroubleNotice trouble={rules.refused()} />
      <details>
        <summary>{counted(inForce().allUncertain.length, "rule is", "rules are")} not certain</summary>
        <ul>
          <For each={inForce().allUncertain}>{({ text }) => <li>{text}</li>}</For>
        </ul>
      </details>
    </section>
  );
}
