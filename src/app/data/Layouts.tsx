import { For, Show } from "solid-js";
import type { CatalogueSummary, ClockZone, Layout } from "../../data/catalogue/types.ts";
import { useSession } from "../session/session.ts";
import { percent } from "../ui/format.ts";
import { LAYOUT_WORDS, ZONE_SOURCES, ZONE_WORDS } from "./words.ts";

/** How clocks and columns of each layout are read, with the choices that are the user's. */
export function Layouts(props: { summary: CatalogueSummary }) {
  const { data } = useSession();
  const mapping = (layout: Layout) => Object.entries(props.summary.mappings[layout] ?? {});
  const hasBars = () => Object.values(props.summary.kinds).includes("bar");

  function chooseZone(layout: Layout, value: string) {
    const { [layout]: _, ...others } = data.settings().zone ?? {};
    void data.configure({ zone: value === "" ? others : { ...others, [layout]: value as ClockZone } });
  }

  return (
    <section>
      <div class="section-head">
        <h2>Clocks and columns</h2>
        <Show when={hasBars()}>
          <label>
            A bar's label is the{" "}
            <select aria-label="Bar label" value={data.settings().barLabel ?? "start"} onChange={(event) => void data.configure({ barLabel: event.currentTarget.value as "start" | "end" })}>
              <option value="start">start</option>
              <option value="end">end</option>
            </select>{" "}
            of its span
          </label>
        </Show>
      </div>
      <div class="scroll-x" tabindex="0" role="group" aria-label="Clocks and columns, scrollable">
        <table class="plain" aria-label="Clocks and columns">
          <thead>
            <tr>
              <th scope="col">Layout</th>
              <th scope="col">Rows</th>
              <th scope="col">Clock zone</th>
              <th scope="col">How it is known</th>
              <th scope="col" class="end">In 09:00–15:45</th>
              <th scope="col" class="end">In 03:30–10:15</th>
              <th scope="col">Read clocks as</th>
              <th scope="col">Columns under other names</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.summary.zones}>
              {(finding) => (
                <tr>
                  <th scope="row">{LAYOUT_WORDS[finding.layout]}</th>
                  <td>{props.summary.kinds[finding.layout] === "bar" ? "bars" : props.summary.kinds[finding.layout] === undefined ? "—" : "snapshots"}</td>
                  <td>{ZONE_WORDS[finding.zone]}</td>
                  <td>{ZONE_SOURCES[finding.source]}</td>
                  <td class="end">{percent(finding.istShare ?? null)}</td>
                  <td class="end">{percent(finding.utcShare ?? null)}</td>
                  <td>
                    <select aria-label={`Clock zone of ${finding.layout}`} value={data.settings().zone?.[finding.layout] ?? ""} onChange={(event) => chooseZone(finding.layout, event.currentTarget.value)}>
                      <option value="">automatic</option>
                      <option value="ist-wall">{ZONE_WORDS["ist-wall"]}</option>
                      <option value="utc">{ZONE_WORDS.utc}</option>
                    </select>
                  </td>
                  <td class="wrap">
                    <Show when={mapping(finding.layout).length > 0} fallback="none">
                      {mapping(finding.layout)
                        .map(([source, name]) => `${source} → ${name}`)
                        .join(", ")}
                    </Show>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  );
}
